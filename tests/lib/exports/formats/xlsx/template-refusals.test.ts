import { describe, expect, it } from 'vitest';
import { xlsx } from '#lib/exports/formats/xlsx/xlsx.ts';
import { zip } from '#tests/support/zip.ts';
import { byHand, columns, fill, rows } from './templates.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

describe('a hostile or broken template', () => {
  const bomb = byHand();
  // The directory says that a part of it has a single byte.
  const at = bomb.lastIndexOf('xl/worksheets/s0.xml') - 46;
  bomb.writeUInt32LE(1, at + 24);

  it.each([
    ['which is none', Buffer.from('sku,price\n1,2\n'), 'DATA_ERROR'],
    ['of nothing', Buffer.alloc(0), 'DATA_ERROR'],
    ['that is cut short', byHand().subarray(0, -200), 'DATA_ERROR'],
    ['that unpacks to more than it says', bomb, 'DATA_ERROR'],
    [
      'that unpacks to more than anyone needs',
      byHand({ 'xl/media/zeros.bin': '0'.repeat(70_000_000) }),
      'DATA_ERROR',
    ],
    [
      'that declares entities',
      byHand({ 'xl/worksheets/s0.xml': '<!DOCTYPE w [<!ENTITY a "b">]><worksheet>&a;</worksheet>' }),
      'DATA_ERROR',
    ],
    ['whose sheet is no XML', byHand({ 'xl/worksheets/s0.xml': '<worksheet><sheet' }), 'DATA_ERROR'],
    ['with macros', byHand({ 'xl/vbaProject.bin': 'x' }), 'invalid'],
    [
      'whose headings are of characters that are none',
      byHand({
        'xl/worksheets/s0.xml':
          '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&#x110000;&#xZ;</t></is></c></row></sheetData></worksheet>',
      }),
      'invalid',
    ],
    ['without its parts', zip({ 'a.txt': 'a' }), 'DATA_ERROR'],
  ])('is refused: one %s', async (_, template, code) => {
    await expect(fill(template, {})).rejects.toMatchObject({ name: 'EntrepotError', code });
  });

  it('is not filled beyond the end of a sheet', async () => {
    const from = (startCell: string) => fill(byHand(), { sheet: 'Other', startCell });
    await expect(from('XFB2')).resolves.toBeInstanceOf(Buffer);
    await expect(from('XFC2')).rejects.toMatchObject({
      fields: { 'format.options.template.startCell': expect.stringMatching(/3 columns/) },
    });
    const startsAt = (startCell: string) =>
      xlsx.options.safeParse({ template: { upload: 'mine', startCell } }).success;
    expect(['A1', 'ZZ9', 'XFD1048576', 'XFE1', 'A1048577'].map(startsAt)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('never has its rows read where it is refused', async () => {
    const table = tableOf(columns, []);
    let begun = false;
    const unread = (async function* () {
      begun = true;
      yield rows;
    })();
    const options = { template: { upload: 'mine' } };
    const open = async () => Buffer.from('no');
    await expect(writeWorkbook({ ...table, rows: unread }, options, { open })).rejects.toThrow();
    expect(begun).toBe(false);
  });
});
