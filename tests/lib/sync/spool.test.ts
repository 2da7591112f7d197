import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from '#connectors/contract.ts';
import { getPage, putPage } from '#lib/sync/spool.ts';
import { type Ground, prepareGround } from './arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

const raw = (digits: string) => JSON.rawJSON(digits);
const pages: readonly (readonly [what: string, page: Page])[] = [
  [
    'whose source states its columns',
    {
      columns: ['id', 'name'],
      rows: [
        { line: 2, values: { id: '1', name: 'line\nfeed, "quote" \u2028 🧲' } },
        { values: { id: null, name: '' } },
      ],
      broken: [{ line: 3, reason: '1 cell', raw: 'x\n' }],
      cursor: 1,
      complete: true,
    },
  ],
  [
    'whose rows have fewer or other columns than stated, or a time of their own',
    {
      columns: ['id', 'name'],
      rows: [
        { line: 1, values: { id: 1 } },
        { line: 2, values: { id: 1, nom: 2 } },
        { line: 3, updatedAt: '2026-01-01T00:00:00Z', values: { id: 1, name: 2 } },
        { line: 4, values: { id: 1, name: [2], more: { deep: [null, true] } } },
      ],
      broken: [],
      cursor: 1,
    },
  ],
  [
    'of numbers past what JavaScript holds',
    {
      rows: [{ values: { a: raw('12345678901234567890'), b: raw('1.10'), c: [raw('1e400')], d: 0.5 } }],
      broken: [],
      cursor: 1,
    },
  ],
  ['without rows', { rows: [], broken: [], cursor: 1, complete: true }],
];

it.each(pages)('a page %s comes back from the spool as it was', async (_, page) => {
  const folder = { runId: randomUUID(), stream: 'rows', token: randomUUID() };
  await putPage(folder, 7, page);
  const back = await getPage(folder, 7, page.cursor);
  expect(back).toEqual(page);
  expect(JSON.stringify(back.rows)).toBe(JSON.stringify(page.rows));
});
