import { z } from 'zod';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { parse } from '#lib/core/parse.ts';
import { type ExportDefinition, exportDefinition } from '#lib/exports/definition.ts';
import type { FormatChoice } from '#lib/exports/formats/registry.ts';
import { type Choices, type ChosenValue, customized } from './customize.ts';
import { type Customization, type Template, valueSchema } from './schema.ts';

type FormatId = FormatChoice['type'];

/** In which formats a template can be applied, its own the first. */
export function formatsOf({ definition, formats }: Pick<Template, 'definition' | 'formats'>): FormatId[] {
  return [...new Set([definition.format.type, ...formats])];
}

/**
 * Throws `invalid`, naming the customization, where its default or one of the values that it offers makes something
 * of the definition that is none, in any of the template's formats; several choices at once are checked where they
 * are made.
 */
export function checkTemplate(template: Template): void {
  for (const format of formatsOf(template)) {
    blaming('definition', () => exportFrom({ ...template, customizations: [] }, { format }));
    for (const [at, customization] of template.customizations.entries()) {
      const alone = { ...template, customizations: [customization] };
      for (const value of offered(customization)) {
        const values = { [customization.field]: value };
        const place = `customizations.${at}.${customization.type === 'select' ? 'options' : 'sets'}`;
        blaming(place, () => exportFrom(alone, { format, values }), `"${value}"`);
      }
    }
    blaming('customizations', () => exportFrom(template, { format }));
  }
}

/** What a template gives with these choices, checked as a definition; throws `invalid`. */
export function exportFrom(
  template: Template,
  choices: Choices,
  named: { readonly name?: string | undefined; readonly dataset?: string | undefined } = {},
): ExportDefinition {
  const { name = template.name, dataset = template.definition.dataset } = named;
  return parse(exportDefinition, { ...customized(template, choices), name, dataset });
}

/** What is chosen, checked against what the template offers; throws `invalid` naming `format` or `values.field`. */
export function checkChoices(
  template: Template,
  {
    format,
    values,
  }: { readonly format?: FormatId | undefined; readonly values: Readonly<Record<string, ChosenValue>> },
): void {
  const formats = formatsOf(template);
  const fields = template.customizations.map((each) => [each.field, valueSchema(each).optional()]);
  parse(
    z.object({ format: z.enum(formats).optional(), values: z.strictObject(Object.fromEntries(fields)) }),
    { format, values },
  );
}

/** The values whose effect can be known beforehand. */
function offered({ type, options = [], default: standard }: Customization): readonly ChosenValue[] {
  if (type === 'select') return options;
  return type === 'boolean' ? [true, false] : [standard];
}

function blaming(place: string, work: () => unknown, what = 'it'): void {
  try {
    work();
  } catch (cause) {
    if (!isEntrepotError(cause)) throw cause;
    const found = Object.entries(cause.fields ?? {}).map(([path, problem]) => `${path}: ${problem}`);
    const problem = `what ${what} gives is no export: ${found.join('; ')}`;
    throw new EntrepotError('invalid', `This template cannot be kept: in ${place}, ${problem}.`, {
      cause,
      fields: { [place]: problem },
    });
  }
}
