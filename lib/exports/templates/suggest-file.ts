import type { FormatInfo, OptionSchema } from '#lib/exports/formats/catalog.ts';
import { formats } from '#lib/exports/formats/registry.ts';
import type { Template } from './schema.ts';
import { choiceAt, type Suggestion } from './suggestion.ts';

type Definition = Template['definition'];

const compressions = {
  none: 'As it is',
  gzip: 'gzip',
  zip: 'ZIP archive',
  zstd: 'Zstandard',
  brotli: 'Brotli',
};

/** What could be asked of the file of a definition: the plain options of each format, and how it is packed. */
export function fileSuggestions(definition: Definition, catalog: readonly FormatInfo[]): Suggestion[] {
  const packing = choiceAt('compression', compressions, definition.compression);
  return [
    ...catalog.flatMap((format) => ofFormat(format, definition.format)),
    { name: 'compression', label: 'Compression', ...packing },
  ];
}

function ofFormat({ id, label, options }: FormatInfo, own: Definition['format']): Suggestion[] {
  const isOwn = id === own.type;
  const values: Readonly<Record<string, unknown>> = isOwn ? { ...own.options } : {};
  return Object.entries(options).flatMap(([name, option]) => {
    const fits = (value: string) => formats[id].options.safeParse({ ...values, [name]: value }).success;
    const answer = answerOf(option, values[name] ?? option.default, fits);
    if (!answer) return [];
    const path = `format.options.${name}`;
    const shown = isOwn ? option.title : `${option.title} (${label})`;
    const note = option.description === undefined ? {} : { description: option.description };
    const sets = [isOwn ? { path } : { path, format: id }];
    return [{ name: isOwn ? name : `${id}_${name}`, label: shown, ...note, ...answer, sets }];
  });
}

/** Undefined for an option that no single answer fills; what does not go with the other options is not offered. */
function answerOf(
  { enum: offered, labels }: OptionSchema,
  value: unknown,
  fits: (value: string) => boolean,
): Pick<Suggestion, 'type' | 'options' | 'labels' | 'default'> | undefined {
  if (typeof value === 'boolean') return { type: 'boolean', default: value };
  if (typeof value === 'number') return { type: 'number', default: value };
  if (typeof value !== 'string') return undefined;
  if (!offered) return { type: 'text', default: value };
  const options = offered.filter(fits);
  return { type: 'select', options, default: value, ...(labels && { labels: { ...labels } }) };
}
