import { describe, expect, it } from 'vitest';
import { bodyOf, readAll } from '#tests/connectors/reading.ts';
import { type WorkbookParts, workbookFiles } from '#tests/support/workbook.ts';
import { zip } from '#tests/support/zip.ts';

const row = (cells: string) => `<row><c t="inlineStr"><is><t>value</t></is></c></row><row>${cells}</row>`;

/** What the connector makes of one cell. */
async function read(cell: string, parts: Omit<WorkbookParts, 'sheets'> = {}) {
  const file = zip(workbookFiles({ sheets: { A: row(cell) }, ...parts }));
  const { values } = await readAll('excel', { upload: 'file' }, bodyOf([file]));
  return values[0]?.value;
}

const number = (text: string) => read(`<c><v>${text}</v></c>`);

describe('a number', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['-12.5', -12.5],
    ['1.1000000000000001', 1.1],
    ['0.30000000000000004', 0.30000000000000004],
    ['1E-7', 1e-7],
    ['123456789012345', 123_456_789_012_345],
    ['9007199254740993', JSON.rawJSON('9007199254740993')],
    ['-12345678901234567890', JSON.rawJSON('-12345678901234567890')],
    ['1.2500000000000001E+25', 1.25e25],
    ['nonsense', 'nonsense'],
  ])(
    'stored as %s is the shortest one that is the same, a long whole one as it stands',
    async (text, value) => {
      expect(await number(text)).toEqual(value);
    },
  );
});

describe('a date', () => {
  it.each<[string, string, unknown]>([
    ['yyyy-mm-dd', '46053', '2026-01-31'],
    ['yyyy-mm-dd', '46053.75', '2026-01-31'],
    ['[$-409]d-mmm-yy;@', '1', '1900-01-01'],
    ['mmmm', '59', '1900-02-28'],
    ['d/m/yyyy', '61', '1900-03-01'],
    ['dd.mm.yyyy', '2958465', '9999-12-31'],
    ['yyyy-mm-dd hh:mm', '46053.572916666664', '2026-01-31T13:45:00Z'],
    ['m/d/yy h:mm:ss.000 AM/PM', '46053.00001162037', '2026-01-31T00:00:01.004Z'],
    ['yyyy-mm-dd hh:mm', '46053', '2026-01-31T00:00:00Z'],
    ['yyyy-mm-dd hh:mm', '46053.999999999999', '2026-02-01T00:00:00Z'],
    ['h:mm', '0.5', '12:00:00'],
    ['h:mm', '46053.5', '2026-01-31T12:00:00Z'],
    ['mm:ss.0', '0.000717592592', '00:01:02'],
    ['[h]:mm:ss', '1.5', '36:00:00'],
    ['yyyy-mm-dd', '2958466', 2_958_466],
    ['yyyy-mm-dd', '-1', -1],
    ['0.00" days"', '46053', 46_053],
    ['#,##0.00 [$USD]', '46053', 46_053],
    ['[Red]0.00;[Yellow]-0.00', '5', 5],
    ['0.00E+00', '5', 5],
    ['General', '5', 5],
    ['@', '5', 5],
  ])('by its format %s: %s', async (format, days, value) => {
    const cell = `<c s="1"><v>${days}</v></c>`;
    expect(await read(cell, { formats: [format] })).toEqual(value);
  });

  it('counts from 1904 where the workbook does', async () => {
    const parts = { formats: ['yyyy-mm-dd'], workbookPr: '<workbookPr date1904="1"/>' };
    expect(await read('<c s="1"><v>44591</v></c>', parts)).toBe('2026-01-31');
    expect(await read('<c s="1"><v>0</v></c>', parts)).toBe('1904-01-01');
  });

  it('may be written as a text of ISO 8601', async () => {
    expect(await read('<c t="d"><v>2026-01-31</v></c>')).toBe('2026-01-31');
    expect(await read('<c t="d"><v>2026-01-31T13:45:00</v></c>')).toBe('2026-01-31T13:45:00Z');
  });
});

describe('a text', () => {
  const shared = (strings: string) => read('<c t="s"><v>0</v></c>', { strings });
  it.each([
    ['<si><t xml:space="preserve"> a </t></si>', ' a '],
    ['<si><r><rPr><b/></rPr><t>Ri</t></r><r><t>ch</t></r></si>', 'Rich'],
    ['<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>', '課'],
    ['<si><t>&lt;a&gt; &amp; &#233;</t></si>', '<a> & é'],
    ['<si><t><![CDATA[<b>]]></t></si>', '<b>'],
    ['<si><t>a_x000D_b _x005F_x0041_</t></si>', 'a\rb _x0041_'],
    ['<si>\n  <t>a</t>\n</si>', 'a'],
  ])('shared as %s is %j', async (strings, text) => {
    expect(await shared(strings)).toBe(text);
  });

  it('may stand in its cell, in runs', async () => {
    expect(await read('<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>')).toBe('inline');
  });

  it('that looks like a number stays a text', async () => {
    expect(await shared('<si><t>00501</t></si>')).toBe('00501');
  });

  it('that is not there is an error', async () => {
    await expect(read('<c t="s"><v>7</v></c>', { strings: '<si><t>a</t></si>' })).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('text number 7'),
    });
  });
});

describe('a formula', () => {
  it.each<[string, unknown]>([
    ['<c><f>1+1</f><v>2</v></c>', 2],
    ['<c t="str"><f>"a"</f><v>a</v></c>', 'a'],
    ['<c t="b"><f>TRUE</f><v>1</v></c>', true],
    ['<c t="e"><f>NA()</f><v>#N/A</v></c>', '#N/A'],
    ['<c s="1"><f>TODAY()</f><v>46053</v></c>', '2026-01-31'],
  ])('%s gives the result that was saved', async (cell, value) => {
    expect(await read(cell, { formats: ['yyyy-mm-dd'] })).toEqual(value);
  });
});

it('an error is its text, and a boolean a boolean', async () => {
  expect(await read('<c t="e"><v>#DIV/0!</v></c>')).toBe('#DIV/0!');
  expect(await read('<c t="b"><v>0</v></c>')).toBe(false);
});
