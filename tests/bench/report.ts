import type { Budget, Case, Quantity } from './case.ts';

/** A case as it came out. `seconds` and `peakMemoryMb` are those of the process that gave the value. */
export interface Result {
  readonly name: string;
  readonly rows: number;
  readonly seconds: number;
  readonly peakMemoryMb: number;
  readonly unit: Case['unit'];
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly budget: string | null;
  readonly kept: boolean;
}

/** Holds a case against its budget: all medians over the rounds, the ratio that of each round's own ratio. */
export function judge(
  { name, rows, unit, value: of, baseline: parts, budget }: Case,
  measured: (quantity: Quantity) => readonly number[],
): Result {
  const values = measured(of);
  const baselines = values.map((_, round) =>
    parts
      .map((part) => (typeof part === 'number' ? part : (measured(part)[round] ?? Number.NaN)))
      .reduce((sum, part) => sum + part),
  );
  const value = median(values);
  const baseline = median(baselines);
  const ratio = median(values.map((each, round) => each / (baselines[round] ?? Number.NaN)));
  return {
    name,
    rows,
    seconds: short(median(measured({ ...of, number: 'seconds' }))),
    peakMemoryMb: short(median(measured({ ...of, number: 'peakMemoryMb' }))),
    unit,
    value: short(value),
    baseline: short(baseline),
    ratio: Number(ratio.toFixed(3)),
    budget: budget && sentence(budget, unit),
    kept: !budget || isKept(budget, { value, baseline, ratio }),
  };
}

function isKept(
  { ratio = 0, more = 0, atMost = 0 }: Budget,
  found: Pick<Result, 'value' | 'baseline' | 'ratio'>,
): boolean {
  const isLittleMore = more > 0 && found.value <= found.baseline + more;
  return found.ratio <= ratio || isLittleMore || found.value <= atMost;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

function sentence({ ratio, more, atMost }: Budget, unit: string): string {
  return [ratio && `≤ ${ratio} ×`, more && `+ ${more} ${unit}`, atMost && `≤ ${atMost} ${unit}`]
    .filter(Boolean)
    .join(' or ');
}

function short(number: number): number {
  return Number(number.toPrecision(3));
}

/** The results as a table in Markdown. */
export function table(results: readonly Result[]): string {
  const head = ['case', 'rows', 'value', 'baseline', 'ratio', 'budget', '', 'peak MB'];
  const lines = results.map((result) => [
    result.name,
    result.rows.toLocaleString('en'),
    `${result.value} ${result.unit}`,
    `${result.baseline} ${result.unit}`,
    String(result.ratio),
    result.budget ?? 'for information',
    result.budget === null ? '' : result.kept ? 'kept' : '**over**',
    String(Math.round(result.peakMemoryMb)),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}
