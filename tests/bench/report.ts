import type { Budget, Case, Quantity } from './cases.ts';

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

/** Holds a case against its budget. */
export function judge(
  { name, rows, unit, value: of, baseline: parts, budget }: Case,
  measured: (quantity: Quantity) => number,
): Result {
  const value = measured(of);
  const baseline = parts.reduce<number>(
    (sum, part) => sum + (typeof part === 'number' ? part : measured(part)),
    0,
  );
  return {
    name,
    rows,
    seconds: round(measured({ ...of, number: 'seconds' })),
    peakMemoryMb: round(measured({ ...of, number: 'peakMemoryMb' })),
    unit,
    value: round(value),
    baseline: round(baseline),
    ratio: Number((value / baseline).toFixed(3)),
    budget: budget && sentence(budget, unit),
    kept: !budget || value <= limit(budget, baseline),
  };
}

function limit({ ratio, more, atMost }: Budget, baseline: number): number {
  return Math.max(
    ratio === undefined ? 0 : ratio * baseline,
    more === undefined ? 0 : baseline + more,
    atMost ?? 0,
  );
}

function sentence({ ratio, more, atMost }: Budget, unit: string): string {
  return [ratio && `≤ ${ratio} ×`, more && `+ ${more} ${unit}`, atMost && `≤ ${atMost} ${unit}`]
    .filter(Boolean)
    .join(' or ');
}

function round(number: number): number {
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
