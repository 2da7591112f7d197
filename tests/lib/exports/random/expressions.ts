import fc from 'fast-check';
import type { Row } from './columns.ts';
import { all, opposite } from './passing.ts';
import { compare, one, scaled } from './values.ts';

/** A part of an expression as it is written, and what it gives of a row. */
interface Part<Value> {
  readonly text: string;
  readonly of: (row: Row) => Value | null;
}

type Truths = Part<boolean>;
type Numbers = Part<bigint>;
type Texts = Part<string>;

const number: fc.Arbitrary<Numbers> = fc.oneof(
  fc
    .constantFrom('pieces', 'price', 'cost')
    .map((name) => ({ text: name, of: (row: Row) => given(row, name, scaled) })),
  fc.constantFrom('0', '1.5', '42', '0.000001').map((text) => ({ text, of: () => scaled(text) })),
);
const text: fc.Arbitrary<Texts> = fc.oneof(
  fc.constantFrom('word', 'note').map((name) => ({ text: name, of: (row: Row) => row[name] ?? null })),
  fc.constantFrom('', 'apple', '🚀').map((value) => ({ text: JSON.stringify(value), of: () => value })),
);

function given<Value>(row: Row, name: string, read: (text: string) => Value): Value | null {
  const cell = row[name] ?? null;
  return cell === null ? null : read(cell);
}

const calculations: Readonly<Record<string, (a: bigint, b: bigint) => bigint | null>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => (a * b) / one,
  '%': (a, b) => (b === 0n ? null : a % b),
};
const calculation = fc.tuple(number, fc.constantFrom(...Object.keys(calculations)), number).map(
  ([a, sign, b]): Numbers => ({
    text: `(${a.text} ${sign} ${b.text})`,
    of: (row) => known(a.of(row), b.of(row), calculations[sign] as (x: bigint, y: bigint) => bigint | null),
  }),
);

function known<Value, Result>(
  a: Value | null,
  b: Value | null,
  use: (a: Value, b: Value) => Result,
): Result | null {
  return a === null || b === null ? null : use(a, b);
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compared<Value>(parts: fc.Arbitrary<Part<Value>>, order: (a: Value, b: Value) => number) {
  const ordered = fc.tuple(parts, fc.constantFrom(...Object.keys(orders)), parts).map(
    ([a, sign, b]): Truths => ({
      text: `${a.text} ${sign} ${b.text}`,
      of: (row) => known(a.of(row), b.of(row), (x, y) => orders[sign]?.(order(x, y)) ?? null),
    }),
  );
  const equal = fc.tuple(parts, fc.constantFrom('==', '!='), parts).map(
    ([a, sign, b]): Truths => ({
      text: `${a.text} ${sign} ${b.text}`,
      of: (row) => (a.of(row) === b.of(row)) === (sign === '=='),
    }),
  );
  const among = fc.tuple(parts, fc.array(parts, { minLength: 1, maxLength: 3 })).map(
    ([a, list]): Truths => ({
      text: `${a.text} in [${list.map((each) => each.text).join(', ')}]`,
      of: (row) => list.some((each) => each.of(row) === a.of(row)),
    }),
  );
  return fc.oneof(ordered, equal, among);
}

const { truth } = fc.letrec<{ truth: Truths }>((tie) => ({
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    compared(fc.oneof(number, calculation), (a, b) => (a < b ? -1 : Number(a > b))),
    compared(text, (a, b) => compare(a, b, 'text')),
    fc.constant({ text: 'active', of: (row: Row) => given(row, 'active', (cell) => cell === 'true') }),
    fc
      .constantFrom('word', 'price', 'day', 'at', 'data')
      .map((name): Truths => ({ text: `has(${name})`, of: (row) => row[name] !== null })),
    tie('truth').map((part): Truths => ({ text: `!(${part.text})`, of: (row) => opposite(part.of(row)) })),
    fc.tuple(tie('truth'), tie('truth')).map(
      ([a, b]): Truths => ({
        text: `((${a.text}) && (${b.text}))`,
        of: (row) => all([a.of(row), b.of(row)]),
      }),
    ),
    fc.tuple(tie('truth'), tie('truth')).map(
      ([a, b]): Truths => ({
        text: `((${a.text}) || (${b.text}))`,
        of: (row) => opposite(all([opposite(a.of(row)), opposite(b.of(row))])),
      }),
    ),
    fc.tuple(tie('truth'), tie('truth'), tie('truth')).map(
      ([a, b, c]): Truths => ({
        text: `((${a.text}) ? (${b.text}) : (${c.text}))`,
        of: (row) => (a.of(row) ? b : c).of(row),
      }),
    ),
  ),
}));

/** Any condition in CEL over the columns, and what it makes of a row. */
export const expressions: fc.Arbitrary<Truths> = truth.filter(({ text }) => text.length < 1_000);
