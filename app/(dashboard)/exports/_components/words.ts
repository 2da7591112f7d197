import type { Column } from '#lib/core/columns.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';

/** What a run gives, in a word or two. */
export const modeWords: Readonly<Record<ExportDefinition['mode'], string>> = {
  full: 'Everything',
  incremental: 'Changes only',
  diff: 'Differences',
};

const formatNames: Readonly<Record<ExportDefinition['format']['type'], string>> = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
  pdf: 'PDF',
  xlsx: 'Excel',
};

const wrappingWords: Readonly<Record<ExportDefinition['compression'], string>> = {
  none: '',
  gzip: ' with gzip',
  brotli: ' with Brotli',
  zstd: ' with Zstandard',
  zip: ' in a ZIP archive',
};

/** The kind of file: CSV, or NDJSON with gzip. */
export function formatWords({
  format,
  compression,
}: Pick<ExportDefinition, 'format' | 'compression'>): string {
  return `${formatNames[format.type]}${wrappingWords[compression]}`;
}

/** The options that are not as they come, such as “Line ends: CRLF (Windows)”. */
export function optionWords(
  { type, options }: ExportDefinition['format'],
  formats: readonly FormatInfo[],
): string[] {
  const known = formats.find(({ id }) => id === type)?.options ?? {};
  const values: Readonly<Record<string, unknown>> = { ...options };
  return Object.entries(known)
    .filter(([name, option]) => JSON.stringify(values[name]) !== JSON.stringify(option.default))
    .map(([name, option]) => `${option.title}: ${valueWords(values[name], option.labels)}`);
}

function valueWords(value: unknown, labels: Readonly<Record<string, string>> = {}): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return 'as chosen';
  return labels[String(value)] ?? String(value);
}

/** The columns in their order, each with the name that it is given. */
export function columnWords(chosen: ExportDefinition['columns'], columns: readonly Column[]): string {
  if (!chosen) return 'All of them, as they are';
  const labels = new Map(columns.map(({ name, label }) => [name, label ?? name]));
  return chosen
    .map(({ source, header }) => {
      const label = labels.get(source) ?? source;
      return header && header !== source ? `${label} as “${header}”` : label;
    })
    .join(', ');
}

/** By which columns the rows are sorted. */
export function sortWords(sort: ExportDefinition['sort'], columns: readonly Column[]): string {
  if (sort.length === 0) return 'By the key of the rows';
  const labels = new Map(columns.map(({ name, label }) => [name, label ?? name]));
  return sort
    .map(
      ({ field, direction }) => `${labels.get(field) ?? field}${direction === 'desc' ? ', descending' : ''}`,
    )
    .join(', then ');
}
