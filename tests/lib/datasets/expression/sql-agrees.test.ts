import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { compileExpression } from '#lib/datasets/expression/compile.ts';
import { Refusal } from '#lib/datasets/refusal.ts';
import { columns, layExpressions, rows } from './sql-ground.ts';

let ground: Awaited<ReturnType<typeof layExpressions>>;
beforeAll(async () => {
  ground = await layExpressions();
});
afterAll(() => ground.close());

const name = (...names: string[]) => fc.constantFrom(...names);
const { truth } = fc.letrec<{ truth: string; number: string; text: string }>((tie) => {
  const [truth, number, text] = [tie('truth'), tie('number'), tie('text')];
  const written = (parts: TemplateStringsArray, ...holes: fc.Arbitrary<string>[]) =>
    fc.tuple(...holes).map((filled) => String.raw({ raw: parts }, ...filled));
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name('total', 'quantity', 'row["Unit \\"Price\\""]', '0', '2', '0.1', '-3', '1e3', '12.50'),
      written`(${number} ${name('+', '-', '*', '/', '%')} ${number})`,
      written`-${number}`,
      written`${name('abs', 'int')}(${number})`,
      written`round(${number}, ${name('0', '1', '3')})`,
      written`${name('min', 'max')}(${number}, ${number}, ${number})`,
      written`size(${text})`,
      written`${text}.indexOf(${text})`,
      written`decimal(${text})`,
      written`(${truth} ? ${number} : ${number})`,
      written`coalesce(${number}, ${number})`,
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name('status', 'other', '""', '"new"', '"12.5"', '"🚀"', '"e"', '"Äp"'),
      written`(${text} + ${text})`,
      written`string(${number})`,
      written`string(${truth})`,
      written`${text}.${name('lower', 'upper', 'trim')}()`,
      written`${text}.substring(${name('0', '1', '2')}, ${number})`,
      written`${text}.replace(${text}, ${text})`,
      written`(${truth} ? ${text} : ${text})`,
      written`coalesce(${text}, ${text})`,
    ),
    truth: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name('active', 'true', 'false'),
      written`(${number} ${name('<', '<=', '>', '>=', '==', '!=')} ${number})`,
      written`(${text} ${name('<', '<=', '>', '>=', '==', '!=')} ${text})`,
      written`(${truth} ${name('&&', '||', '==', '!=')} ${truth})`,
      written`!${truth}`,
      written`(${number} in [${number}, ${number}, null])`,
      written`(${text} in ["new", "12.5", ""])`,
      written`${text}.${name('contains', 'startsWith', 'endsWith')}(${text})`,
      written`has(${fc.oneof(number, text)})`,
      written`(${fc.oneof(number, text)} == null)`,
      written`bool(string(${truth}))`,
      written`(${truth} ? ${truth} : ${truth})`,
    ),
  };
});

/** The row as a source would give it: its numbers exact. */
function valuesOf(row: readonly CellText[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, type }, place) => {
      const cell = row[place] ?? null;
      if (cell === null) return [name, null];
      if (type === 'boolean') return [name, cell === 'true'];
      return [name, type === 'integer' || type === 'decimal' ? JSON.rawJSON(cell) : cell];
    }),
  );
}

it('keeps the rows for which the expression is true when it is computed outside of Postgres', async () => {
  const values = rows.map(valuesOf);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(truth, async (text) => {
      fc.pre(text.length <= 2_000);
      const { compute } = compileExpression(text);
      const verdicts = values.map((each) => compute({ values: each }));
      const kept = await ground.idsOf(text);
      for (const [place, verdict] of verdicts.entries()) {
        // What is refused there is nothing here, and may be tested for.
        if (verdict instanceof Refusal) continue;
        compared++;
        expect({ text, row: place + 1, kept: kept.includes(place + 1) }).toEqual({
          text,
          row: place + 1,
          kept: verdict === true,
        });
      }
    }),
    { numRuns: process.env.DEEP ? 5_000 : 300 },
  );
  expect(compared).toBeGreaterThan(300);
});
