import { customized } from '#lib/exports/templates/customize.ts';
import type { Customization, TemplateView } from '#lib/exports/templates/schema.ts';
import { freeField } from '#lib/exports/templates/suggestion.ts';

/** What can be changed of a template here. */
export type TemplateDraft = Pick<TemplateView, 'name' | 'description' | 'formats' | 'customizations'>;

export function draftOf({ name, description, formats, customizations }: TemplateView): TemplateDraft {
  return { name, description, formats, customizations };
}

/** Where a question's answer goes, as a key: the same for two that fill the same places of the definition. */
export function placeKey({ sets }: Pick<Customization, 'sets'>): string {
  const places = sets.filter((setting) => !isForEmpty(setting));
  return JSON.stringify(places.map(({ path, format }) => [path, format]));
}

/** Whether a setting does no more than take away what an empty answer leaves without a meaning. */
export function isForEmpty({ values = {} }: Customization['sets'][number]): boolean {
  return Object.keys(values).join() === '' && values[''] === null;
}

/** A new question about a place, with a name that the others do not have. */
export function questionAbout(place: Customization, others: readonly Customization[]): Customization {
  const taken = new Set(others.map(({ field }) => field));
  return { ...place, field: freeField(place.field, taken) };
}

/** What the template gives where nothing is chosen; null while that is not to be had. */
export function standardExport(
  { definition }: Pick<TemplateView, 'definition'>,
  { customizations }: TemplateDraft,
): Readonly<Record<string, unknown>> | null {
  try {
    return { ...customized({ definition, customizations }, {}), name: 'Preview' };
  } catch {
    return null;
  }
}
