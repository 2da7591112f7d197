import type { Column } from '#lib/core/columns.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { Customization, Template } from './schema.ts';
import { fileSuggestions } from './suggest-file.ts';
import { rowSuggestions } from './suggest-rows.ts';
import { freeField, type Suggestion } from './suggestion.ts';

/**
 * The questions that a template of this definition could ask, each with a `field` of its own and the definition's value
 * as its default: values and conditions of its filter, its stretches of time, order and limit, its columns, and the
 * choices of the formats; those of a format that is not the definition's own say so in `sets`.
 */
export function suggestCustomizations(
  definition: Template['definition'],
  columns: readonly Column[],
  formats: readonly FormatInfo[],
): Customization[] {
  return named([...rowSuggestions(definition, columns), ...fileSuggestions(definition, formats)]);
}

function named(suggestions: readonly Suggestion[]): Customization[] {
  const taken = new Set<string>();
  return suggestions.map(({ name, label, ...rest }) => {
    const field = freeField(name, taken);
    taken.add(field);
    return { field, label: label.slice(0, 200), ...rest };
  });
}
