import { createContext, use } from 'react';
import { choiceLabel, type Schema } from './schema.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a form can offer for the columns of the rows that it is about. */
export const OfferedColumns = createContext<{
  /** By their names. */
  readonly columns: readonly Choice[];
  /** By what they are called in the file. */
  readonly headers: readonly Choice[];
}>({ columns: [], headers: [] });

/** Languages whose ways to write numbers and dates people ask for. */
const locales = [
  'en-US',
  'en-GB',
  'de-DE',
  'de-CH',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
];

/** The choices of a text, or of the texts of a list; undefined where it is free. What is chosen already is among them. */
export function useChoices(schema: Schema, chosen: readonly string[]): Choice[] | undefined {
  const { columns, headers } = use(OfferedColumns);
  const offered = offeredBy(schema);
  if (!offered) return undefined;
  return [
    ...offered,
    ...chosen
      .filter((value) => value !== '' && !offered.some((choice) => choice.value === value))
      .map((value) => ({ value, label: value })),
  ];

  function offeredBy({ enum: values, input }: Schema): readonly Choice[] | undefined {
    if (values) return values.map((value) => ({ value, label: choiceLabel(schema, value) }));
    if (input === 'column') return columns;
    if (input === 'header') return headers;
    if (input !== 'locale') return undefined;
    const names = new Intl.DisplayNames('en', { type: 'language' });
    return locales.map((value) => ({ value, label: names.of(value) ?? value }));
  }
}
