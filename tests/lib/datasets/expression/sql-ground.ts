import { sql } from 'kysely';
import type { CellText, Column } from '#lib/core/columns.ts';
import { columnSql, liveRowsSql } from '#lib/datasets/cells.ts';
import { expressionSql } from '#lib/datasets/expression/sql.ts';
import { columnsOf } from '#lib/datasets/lookup.ts';
import { asMember } from '#lib/db/as-member.ts';
import { withLiterals } from '#lib/exports/statement.ts';
import { freshGround } from '#tests/lib/exports/arrange.ts';

export const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'status', type: 'text' },
  { name: 'total', type: 'decimal' },
  { name: 'quantity', type: 'integer' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
  { name: 'Unit "Price"', type: 'decimal' },
  { name: 'other', type: 'text' },
];
export const rows: CellText[][] = [
  ['1', 'new', '50.01', '3', 'true', '2026-01-31', '2026-01-31T23:30:00Z', '{"a":1}', '1.10', 'new'],
  ['2', 'updated', '50', '0', 'false', '2024-02-29', '2026-02-01T00:30:00.25Z', '[]', '0', 'Äpfel'],
  ['3', 'old', null, '-7', null, '0001-01-01', '0001-01-01T00:00:00Z', null, null, null],
  ['4', null, '-12.50', null, 'true', null, null, 'null', '3', ''],
  ['5', '', '0.000', '9007199254740993', 'false', '9999-12-31', '9999-12-31T23:59:59Z', '"x"', '-0.1', '🚀é'],
  [
    '6',
    ' 12.5 ',
    '99999999999999999999999999999999999999.5',
    '2',
    'true',
    '2026-03-29',
    null,
    '1',
    '7',
    '12.5',
  ],
];

/** A dataset of these rows, and which of them an expression keeps, by their ids. */
export async function layExpressions() {
  const ground = await freshGround();
  const dataset = await ground.dataset(columns, rows);
  return {
    dataset,
    close: ground.close,
    async idsOf(text: string): Promise<number[]> {
      const condition = expressionSql(text, columnsOf(dataset));
      const query = sql`
        select ${columnSql('id')} ${liveRowsSql(dataset, ground.session.workspaceId)} and ${condition} order by 1
      `;
      const { rows } = await asMember(ground.session, ({ client }) => client.query(withLiterals(query)));
      return rows.map(({ id }) => Number(id));
    },
  };
}
