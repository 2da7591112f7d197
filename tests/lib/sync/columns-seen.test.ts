import { expect, it } from 'vitest';
import type { Page } from '#connectors/contract.ts';
import { type Watched, watchColumns } from '#lib/sync/columns-seen.ts';
import { numbers } from './paged.ts';

const begun: Watched = {
  since: null,
  pages: 0,
  columns: ['old'],
  steady: ['sku', 'price'],
  steadySoFar: null,
  read: 0,
};

/** So many rows, each with these names. */
function page(count: number, ...names: string[]): Page {
  const values = Object.fromEntries(names.map((name) => [name, 1]));
  return { rows: numbers(count).map(() => ({ values })), cursor: null };
}

const pages = [
  page(10, 'sku', 'name'),
  page(10, 'sku', 'size'),
  page(1, 'sku'),
  page(0),
  page(20, 'sku', 'price'),
];

it('a column that every row had is lost from the 20th row without it on, and optional once a row has it again', () => {
  expect(pages.map(watchColumns(begun))).toEqual([
    { columns: ['sku', 'name'], steady: ['sku', 'name'], lost: [] },
    { columns: ['sku', 'name', 'size'], steady: ['sku', 'price'], lost: ['price'] },
    { columns: ['sku', 'name', 'size'], steady: ['sku', 'price'], lost: ['price'] },
    { columns: ['sku', 'name', 'size'], steady: ['sku', 'price'], lost: ['price'] },
    { columns: ['sku', 'name', 'size', 'price'], steady: ['sku'], lost: [] },
  ]);
});

it('a pass that goes on after any of its pages knows what one knows that was not interrupted', () => {
  const whole = pages.map(watchColumns(begun));
  for (const done of numbers(pages.length - 1, 1)) {
    const { columns, steady: steadySoFar } = whole[done - 1] ?? { columns: [], steady: null };
    const read = pages.slice(0, done).reduce((sum, { rows }) => sum + rows.length, 0);
    const goneOn = watchColumns({ ...begun, pages: done, columns, steadySoFar, read });
    expect(pages.slice(done).map(goneOn), `after page ${done}`).toEqual(whole.slice(done));
  }
});

it('a page that states its columns says itself which are lost', () => {
  const stated = { ...page(30, 'sku'), columns: ['sku', 'name'] };
  expect(watchColumns(begun)(stated)).toEqual({ columns: ['sku', 'name'], steady: null, lost: [] });
});

it('of the rows that have changed only, 20 without a column tell that it is lost', () => {
  const watch = watchColumns({ ...begun, since: 'bookmark', pages: 3, read: 500 });
  expect(watch(page(19, 'sku')).lost).toEqual([]);
  expect(watch(page(1, 'sku')).lost).toEqual(['price']);
});
