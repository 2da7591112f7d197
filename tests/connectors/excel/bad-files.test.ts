import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf, pagesOf, readAll } from '#tests/connectors/reading.ts';
import { workbookFiles, workbookOf } from '#tests/support/workbook.ts';
import { zip } from '#tests/support/zip.ts';

const upload = { upload: 'file' };

let temporary = '';
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'temporary-'));
  process.env.TMPDIR = temporary;
});
afterAll(() => rmSync(temporary, { recursive: true }));

/** A container of Excel 97 whose directory names one entry. */
function oldContainer(entry: string): Buffer {
  const file = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.write(entry, 1_024, 'utf16le');
  return file;
}

const whole = workbookOf(Array.from({ length: 500 }, (_, index) => [`name ${index}`, index]));
const files = workbookFiles({ sheets: { A: '<row><c><v>1</v></c></row>' } });
const corrupt = Buffer.from(whole);
corrupt.fill(0xff, whole.length / 2, whole.length / 2 + 20);
/** The sizes stand at 24 bytes of each entry in the directory; its checksum at 16. */
const wrongChecksum = Buffer.from(whole);
wrongChecksum.writeUInt32LE(7, wrongChecksum.lastIndexOf(Buffer.from('PK\u0001\u0002')) + 16);
const encrypted = Buffer.from(zip(files));
for (
  let at = encrypted.indexOf('PK\u0001\u0002');
  at !== -1;
  at = encrypted.indexOf('PK\u0001\u0002', at + 1)
) {
  encrypted[at + 8] = 1;
}

it.each<[string, Buffer, string]>([
  ['an empty file', Buffer.alloc(0), 'is empty'],
  ['a CSV', Buffer.from('id,name\n1,a\n'), 'no Excel workbook (.xlsx)'],
  ['a web page', Buffer.from('<!doctype html><p>Sign in'), 'web page or XML, not with an Excel workbook'],
  ['an .xls', oldContainer('Workbook'), 'the old kind (.xls)'],
  ['a workbook with a password', oldContainer('EncryptedPackage'), 'protected by a password'],
  ['an archive with a password', encrypted, 'encrypted'],
  ['an archive of something else', zip({ 'a.csv': 'id\n1\n' }), 'no Excel workbook'],
  [
    'a binary workbook',
    zip({ '_rels/.rels': files['_rels/.rels']?.replace('workbook.xml', 'workbook.bin') ?? '' }),
    '(.xlsb)',
  ],
  ['a truncated one', whole.subarray(0, whole.length - 300), 'cut short or corrupt'],
  ['the beginning of one', whole.subarray(0, 10), 'cut short or corrupt'],
  ['a corrupt one', corrupt, 'Open it in Excel'],
  ['one whose bytes do not have their checksum', wrongChecksum, 'cut short or corrupt'],
  ['one without the sheet that it lists', zip({ ...files, 'xl/worksheets/s0.xml': '' }), 'XML'],
  ['one of broken XML', zip({ ...files, 'xl/worksheets/s0.xml': '<a><b></a>' }), 'XML that cannot be read'],
  [
    'one with an entity of its own',
    zip({ ...files, 'xl/worksheets/s0.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
    'XML that cannot be read',
  ],
  [
    'a cell right of the last column',
    zip({ ...files, 'xl/worksheets/s0.xml': '<row><c r="ZZZZ1"><v>1</v></c></row>' }),
    'columns',
  ],
])('%s is an error that says what to do, and nothing is left behind', async (_name, file, message) => {
  const body = bodyOf([file]);
  const pages: boolean[] = [];
  const reading = async () => {
    for await (const { complete } of pagesOf('excel', upload, body)) pages.push(complete ?? false);
  };
  await expect(reading()).rejects.toMatchObject({
    code: 'DATA_ERROR',
    message: expect.stringContaining(message),
  });
  expect(pages).not.toContain(true);
  expect(body.isClosed()).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
});

it('an archive that swells beyond reason is refused, be it a sheet, the texts or one tag', async () => {
  const padding = ' '.repeat(10_000);
  const bombs: Record<string, string>[] = [
    { 'xl/worksheets/s0.xml': `<sheetData>${`<row ${padding}/>`.repeat(8_000)}` },
    { 'xl/sharedStrings.xml': `<sst>${`<si ${padding}/>`.repeat(8_000)}` },
    { 'xl/worksheets/s0.xml': `<sheetData a="${' '.repeat(30_000_000)}` },
  ];
  for (const bomb of bombs) {
    await expect(readAll('excel', upload, bodyOf([zip({ ...files, ...bomb })]))).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringMatching(/swells|cannot be read/),
    });
  }
});
