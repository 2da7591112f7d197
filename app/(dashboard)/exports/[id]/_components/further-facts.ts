import { modeWords } from '#app/(dashboard)/exports/_components/words.ts';
import type { Column } from '#lib/core/columns.ts';
import type { ExportView } from '#lib/exports/export-view.ts';

/** What is of a run's rows, in words. */
export function runWords({ mode, changesAs, status }: ExportView): string {
  if (mode === 'incremental') {
    const which = status ? `what is ${status.join(' or ')}` : 'what is new or changed';
    return `${modeWords[mode]}: ${which} since the run before`;
  }
  if (mode !== 'diff') return modeWords[mode];
  const how = changesAs === 'files' ? 'in three files' : 'in one file with a column _change';
  return `${modeWords[mode]}: what was added, changed and removed since the run before, ${how}`;
}

type Fact = readonly [term: string, words: string];

/** What else a definition says, each with a term for it; nothing of what it leaves out. */
export function furtherFacts(view: ExportView, columns: readonly Column[]): Fact[] {
  const labelOf = (name: string) => columns.find((column) => column.name === name)?.label ?? name;
  const { expression, groupBy, aggregates, pivot, split, partitionBy, tables, compression } = view;
  const keys = (all: NonNullable<typeof groupBy>) =>
    all.map(({ field, bucket }) => labelOf(field) + (bucket ? ` by ${bucket.unit}` : '')).join(', ');
  const values = (all: NonNullable<typeof aggregates>) =>
    all.map((one) => aggregateWords(one, one.field === undefined ? 'rows' : labelOf(one.field))).join(', ');
  const facts: readonly (Fact | false | undefined)[] = [
    expression !== undefined && ['Expression', expression],
    groupBy && ['Groups', keys(groupBy)],
    aggregates && ['Of each group', values(aggregates)],
    pivot && ['Pivot', `${keys(pivot.rows)} by ${keys([pivot.column])}: ${values([pivot.value])}`],
    tables && ['Further tables', tables.map(({ name }) => name).join(', ')],
    split && ['Split', splitWords(split)],
    partitionBy && ['Folders', partitionBy.map(labelOf).join(', then ')],
    compression !== 'none' && ['Compression', compression === 'zip' ? 'One ZIP archive' : compression],
  ];
  return facts.filter((fact) => fact !== false && fact !== undefined);
}

function splitWords({ rows, bytes }: NonNullable<ExportView['split']>): string {
  const most = [rows && `${rows} rows`, bytes && `${bytes} bytes`].filter(Boolean);
  return `At most ${most.join(' or ')} a file`;
}

type Aggregate = NonNullable<ExportView['aggregates']>[number];

function aggregateWords({ function: name, percentile = 0 }: Aggregate, of: string): string {
  return name === 'percentile' ? `percentile ${percentile} of ${of}` : `${functionWords[name]} ${of}`;
}

const functionWords = {
  count: 'number of',
  sum: 'sum of',
  avg: 'average of',
  min: 'least',
  max: 'greatest',
  countDistinct: 'number of different',
} as const;
