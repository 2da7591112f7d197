import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asMember } from '#lib/db/as-member.ts';
import { copyCsv } from '#lib/exports/copy-path.ts';
import { csv } from '#lib/exports/formats/csv.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { startPgbouncer } from '#tests/support/pgbouncer.ts';
import { type Ground, layGround, planOf } from './arrange.ts';

let pooler: Awaited<ReturnType<typeof startPgbouncer>>;
let ground: Ground;
beforeAll(async () => {
  const database = await createTestDatabase();
  pooler = await startPgbouncer(database);
  setEnvironment({ url: pooler.url, serviceUrl: database.serviceUrl });
  ground = await layGround(database);
});
afterAll(async () => {
  await ground.close();
  await pooler.close();
});

describe('through a transaction-mode pooler', () => {
  it('both paths read, and readers that stop early hold no server up', async () => {
    const cells = Array.from({ length: 200 }, (_, row) => [`${row}`, 'x'.repeat(5_000)]);
    const dataset = await ground.dataset(
      [
        { name: 'id', type: 'integer' },
        { name: 'text', type: 'text' },
      ],
      cells,
    );
    const plan = planOf(ground.session, dataset);
    const options = csv.options.parse({ header: false });
    const read = (work: (bytes: AsyncIterable<unknown>) => Promise<number>) => [
      asMember(ground.session, ({ client }) => work(copyCsv(client, plan, options)), {
        isolation: 'snapshot',
      }),
      asMember(ground.session, ({ client }) => work(rowBatches(client, plan.select()))),
    ];
    const stopEarly = async (bytes: AsyncIterable<unknown>) => {
      for await (const _ of bytes) throw new Error('had enough');
      return 0;
    };
    const stopped = await Promise.allSettled([1, 2, 3].flatMap(() => read(stopEarly)));
    expect(new Set(stopped.map(({ status }) => status))).toEqual(new Set(['rejected']));

    const text = cells.map(([id, value]) => `${id},${value}\n`).join('').length;
    const [copied, listed] = await Promise.all(
      read(async (bytes) => {
        const items = (await Array.fromAsync(bytes)) as { length: number }[];
        return items.reduce((sum, { length }) => sum + length, 0);
      }),
    );
    expect({ copied, listed }).toEqual({ copied: text, listed: cells.length });
  });
});
