import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import { columnSql, liveRowsSql } from '#lib/datasets/cells.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import { columnsOf } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'word', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];
const rows: CellText[][] = [
  ['1', 'Äpfel', '1.50', 'true', '2024-01-01', '2024-01-01T10:00:00Z', '{}'],
  ['2', 'apple', '10', 'false', '2024-02-29', '2024-01-01T10:00:00.5Z', '[]'],
  ['3', 'Banana', null, null, null, null, null],
  ['4', null, '-2', 'true', '0001-01-01', '2030-01-01T00:00:00Z', '1'],
  ['5', '', '0.3', 'false', '9999-12-31', '1999-12-31T23:00:00Z', '1'],
  ['6', '100%_\\', '1.5', 'true', '2024-01-02', '2024-01-01T08:00:00Z', '1'],
];

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

async function idsOf(filter: Filter): Promise<number[]> {
  const condition = filterSql(filter, columnsOf(dataset));
  const { rows } = await asMember(ground.session, ({ db }) =>
    sql<{ id: string }>`
      select ${columnSql('id')} ${liveRowsSql(dataset, ground.session.workspaceId)} and ${condition} order by 1
    `.execute(db),
  );
  return rows.map(({ id }) => Number(id));
}

describe('a condition', () => {
  it.each<[Condition, number[]]>([
    [{ field: 'word', op: 'eq', value: 'apple' }, [2]],
    [{ field: 'word', op: 'eq', value: '' }, [5]],
    [{ field: 'word', op: 'ne', value: 'apple' }, [1, 3, 5, 6]],
    [{ field: 'word', op: 'lt', value: 'a' }, [3, 5, 6]],
    [{ field: 'word', op: 'gte', value: 'apple' }, [1, 2]],
    [{ field: 'word', op: 'in', value: ['apple', '', 'none'] }, [2, 5]],
    [{ field: 'word', op: 'contains', value: 'an' }, [3]],
    [{ field: 'word', op: 'contains', value: '%' }, [6]],
    [{ field: 'word', op: 'contains', value: '_' }, [6]],
    [{ field: 'word', op: 'endsWith', value: '\\' }, [6]],
    [{ field: 'word', op: 'startsWith', value: 'Ä' }, [1]],
    [{ field: 'word', op: 'startsWith', value: '' }, [1, 2, 3, 5, 6]],
    [{ field: 'word', op: 'isNull' }, [4]],
    [{ field: 'word', op: 'isNull', value: false }, [1, 2, 3, 5, 6]],
    [{ field: 'price', op: 'eq', value: 1.5 }, [1, 6]],
    [{ field: 'price', op: 'eq', value: '1.50' }, [1, 6]],
    [{ field: 'price', op: 'lt', value: 0.31 }, [4, 5]],
    [{ field: 'price', op: 'in', value: [10, '-2.0'] }, [2, 4]],
    [{ field: 'id', op: 'gt', value: '5' }, [6]],
    [{ field: 'active', op: 'eq', value: false }, [2, 5]],
    [{ field: 'active', op: 'ne', value: false }, [1, 4, 6]],
    [{ field: 'day', op: 'lte', value: '2024-01-01' }, [1, 4]],
    [{ field: 'at', op: 'gt', value: '2024-01-01T10:00:00Z' }, [2, 4]],
    [{ field: 'at', op: 'eq', value: '2024-01-01T10:00:00+02:00' }, [6]],
    [{ field: 'at', op: 'lt', value: '2000-01-01' }, [5]],
    [{ field: 'data', op: 'isNull' }, [3]],
    [{ field: 'price', op: 'between', value: [0.3, '1.50'] }, [1, 5, 6]],
    [{ field: 'price', op: 'between', value: [null, 1] }, [4, 5]],
    [{ field: 'id', op: 'between', value: [5, null] }, [5, 6]],
    [{ field: 'id', op: 'between', value: [5, 2] }, []],
    [{ field: 'day', op: 'between', value: ['2024-01-01', '2024-01-02'] }, [1, 6]],
    [{ field: 'word', op: 'matches', value: '^[A-Z]' }, [3]],
    [{ field: 'word', op: 'matches', value: '(?i)^a' }, [2]],
    [{ field: 'word', op: 'matches', value: '^$' }, [5]],
    [{ field: 'at', op: 'eq', value: '2024-01-01' }, [1, 2, 6]],
    [{ field: 'at', op: 'ne', value: '2024-01-01' }, [4, 5]],
    [{ field: 'at', op: 'lte', value: '2024-01-01' }, [1, 2, 5, 6]],
    [{ field: 'at', op: 'gt', value: '2024-01-01' }, [4]],
    [{ field: 'at', op: 'in', value: ['2030-01-01', '2024-01-01T08:00:00Z'] }, [4, 6]],
    [{ field: 'at', op: 'between', value: ['1999-12-31', '2024-01-01'] }, [1, 2, 5, 6]],
    [
      { field: 'at', op: 'between', value: ['2000-01-01', '2029-12-31'], zone: 'Europe/Berlin' },
      [1, 2, 5, 6],
    ],
    [{ field: 'at', op: 'eq', value: '2000-01-01', zone: 'Europe/Berlin' }, [5]],
    [{ field: 'at', op: 'eq', value: '2024-01-01T11:00', zone: 'Europe/Berlin' }, [1]],
    [{ field: 'at', op: 'gt', value: '2024-01-01T10:00:00Z', zone: 'Europe/Berlin' }, [2, 4]],
    [{ field: 'at', op: 'gte', value: '9999-12-31' }, []],
    [{ field: 'at', op: 'during', value: { last: 5_000, unit: 'year' } }, [1, 2, 5, 6]],
    [{ field: 'day', op: 'during', value: { last: 5_000, unit: 'year' }, zone: 'Asia/Tokyo' }, [1, 2, 4, 6]],
  ])('%j finds %j', async (filter, ids) => {
    expect(await idsOf(filter)).toEqual(ids);
  });

  it.each<[Condition, string]>([
    [{ field: 'gone', op: 'eq', value: 1 }, 'filter.field'],
    [{ field: 'price', op: 'eq', value: 'cheap' }, 'filter.value'],
    [{ field: 'price', op: 'eq', value: 'NaN' }, 'filter.value'],
    [{ field: 'price', op: 'in', value: [1, 'x'] }, 'filter.value'],
    [{ field: 'id', op: 'eq', value: 1.5 }, 'filter.value'],
    [{ field: 'id', op: 'eq', value: '9223372036854775808' }, 'filter.value'],
    [{ field: 'word', op: 'eq', value: 5 }, 'filter.value'],
    [{ field: 'active', op: 'eq', value: 'yes' }, 'filter.value'],
    [{ field: 'active', op: 'lt', value: true }, 'filter.op'],
    [{ field: 'day', op: 'eq', value: '2023-02-29' }, 'filter.value'],
    [{ field: 'day', op: 'eq', value: '0000-01-01' }, 'filter.value'],
    [{ field: 'at', op: 'eq', value: 'yesterday' }, 'filter.value'],
    [{ field: 'price', op: 'contains', value: '1' }, 'filter.op'],
    [{ field: 'data', op: 'eq', value: '1' }, 'filter.op'],
    [{ field: 'word', op: 'between', value: ['a', 'b'] }, 'filter.op'],
    [{ field: 'price', op: 'during', value: { this: 'day' } }, 'filter.op'],
    [{ field: 'price', op: 'matches', value: '1' }, 'filter.op'],
    [{ field: 'word', op: 'matches', value: '(' }, 'filter.value'],
    [{ field: 'price', op: 'between', value: ['x', null] }, 'filter.value'],
    [{ field: 'at', op: 'eq', value: 'soon', zone: 'Europe/Berlin' }, 'filter.value'],
    [{ field: 'at', op: 'eq', value: '', zone: 'Europe/Berlin' }, 'filter.value'],
    [{ field: 'price', op: 'eq', value: 1, zone: 'Europe/Berlin' }, 'filter.zone'],
    [{ field: 'day', op: 'eq', value: '2024-01-01', zone: 'Europe/Berlin' }, 'filter.zone'],
    [{ field: 'day', op: 'during', value: { last: 3, unit: 'hour' } }, 'filter.value'],
  ])('%j is refused, naming %s', (filter, place) => {
    const refused = expect.objectContaining({ code: 'invalid', fields: { [place]: expect.any(String) } });
    expect(() => filterSql(filter, columnsOf(dataset))).toThrow(refused);
  });

  it('names the column that is gone, and where', () => {
    const filter: Filter = {
      and: [{ field: 'id', op: 'gt', value: 0 }, { not: { field: 'state', op: 'eq', value: 'AK' } }],
    };
    expect(() => filterSql(filter, columnsOf(dataset))).toThrow(/has no column "state"/);
    expect(() => filterSql(filter, columnsOf(dataset))).toThrow(
      expect.objectContaining({ fields: { 'filter.and.1.not.field': expect.any(String) } }),
    );
  });
});

/** What SQL's three values make of the tree: true, false or unknown. */
function verdict(filter: Filter, row: readonly CellText[]): boolean | null {
  if ('and' in filter) return all(filter.and.map((each) => verdict(each, row)));
  if ('or' in filter) return negated(all(filter.or.map((each) => negated(verdict(each, row)))));
  if ('not' in filter) return negated(verdict(filter.not, row));
  const cell = row[columns.findIndex(({ name }) => name === filter.field)];
  if (filter.op === 'isNull') return cell === null;
  if (typeof cell !== 'string') return null;
  const order = Buffer.compare(Buffer.from(cell), Buffer.from(String(filter.value)));
  return { eq: order === 0, ne: order !== 0, lt: order < 0, gte: order >= 0 }[filter.op as 'eq'];
}

const negated = (value: boolean | null) => (value === null ? null : !value);
const all = (values: (boolean | null)[]) =>
  values.includes(false) ? false : values.includes(null) ? null : true;

describe('a tree of conditions', () => {
  const leaf = fc.oneof(
    fc.record({
      field: fc.constant('word'),
      op: fc.constantFrom('eq', 'ne', 'lt', 'gte'),
      value: fc.constantFrom('apple', '', 'Banana', 'b'),
    }),
    fc.record({ field: fc.constantFrom('word', 'price', 'active'), op: fc.constant('isNull') }),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  }));

  it('keeps exactly the rows of which it is true, in SQL’s three values', async () => {
    await fc.assert(
      fc.asyncProperty(tree as fc.Arbitrary<Filter>, async (filter) => {
        const kept = rows.filter((row) => verdict(filter, row) === true).map(([id]) => Number(id));
        expect(await idsOf(filter)).toEqual(kept);
      }),
      { numRuns: 60 },
    );
  });
});
