import { parseArgs } from 'node:util';
import type { Case, Quantity } from './case.ts';
import { cases, tableOf } from './cases.ts';
import { prepare } from './ground.ts';
import { measureAll } from './measure.ts';
import { judge, type Result, table } from './report.ts';

const ROUNDS = 3;

const { values: wanted } = parseArgs({
  options: {
    /** One object a line in place of the table. */
    json: { type: 'boolean', default: false },
    /** The cases whose name holds this. */
    only: { type: 'string', default: '' },
  },
});
// The servers are ended whatever happens.
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

const results = await run(cases.filter(({ name }) => name.includes(wanted.only)));
const lines = wanted.json ? results.map((result) => JSON.stringify(result)) : [table(results)];
process.stdout.write(`${lines.join('\n')}\n`);
if (results.some(({ kept }) => !kept)) process.exitCode = 1;

async function run(chosen: readonly Case[]): Promise<Result[]> {
  const quantities = chosen.flatMap(({ value, baseline }) => [value, ...baseline]);
  const tasks = quantities.flatMap((quantity) => (typeof quantity === 'number' ? [] : quantity.of));
  const tables = [...new Set(tasks.flatMap((task) => tableOf(task) ?? []))];
  process.stderr.write(`large tables are filled: ${tables.join(', ') || 'none'}\n`);
  const { ground, close } = await prepare(tables);
  try {
    const measured = await measureAll(ground, tasks, { rounds: ROUNDS, signal: stop.signal });
    const numbersOf = ({ of, number }: Quantity) =>
      (measured.get(JSON.stringify(of)) ?? []).map((numbers) => numbers[number] ?? Number.NaN);
    return chosen.map((each) => judge(each, numbersOf));
  } finally {
    await close();
  }
}
