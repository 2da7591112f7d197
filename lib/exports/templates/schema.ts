import { z } from 'zod';
import { exportDefinition, MAX_NAME_LENGTH } from '#lib/exports/definition.ts';
import { type FormatChoice, formats } from '#lib/exports/formats/registry.ts';
import { isTaken } from './suggestion.ts';

const MAX_CUSTOMIZATIONS = 20;
const MAX_OPTIONS = 20;
const MAX_SETTINGS = 50;
const MAX_DESCRIPTION_LENGTH = 2_000;
const MAX_TEXT_LENGTH = 1_000;

const formatIds = Object.keys(formats) as [FormatChoice['type'], ...FormatChoice['type'][]];
const formatId = z.enum(formatIds);

const setting = z.strictObject({
  path: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z]\w*(\.([a-zA-Z]\w*|\d+))*$/, 'must be a path such as format.options.dateFormat')
    .refine((path) => !/^(name|dataset)\b/.test(path), 'is chosen where the template is applied')
    .meta({
      description:
        'The place of the definition, as the errors of the API name it: `filter.and.0.value`, `columns.3`, `format.options.dateFormat`.',
    }),
  values: z.record(z.string().max(MAX_TEXT_LENGTH), z.unknown()).optional().meta({
    description:
      'What to put there for each value that may be chosen: null takes away what is there, and what a list or object loses its last member by. A value that is not listed changes nothing. The chosen value itself where absent.',
  }),
  format: formatId.optional().meta({
    description:
      'Only in this format. Where absent, and for a path below `format`, only in the one that the template has itself.',
  }),
});

/** A plain value, checked further by what its type says. */
const chosenValue = z.union([z.string().max(MAX_TEXT_LENGTH), z.number(), z.boolean()]);

const customization = z
  .strictObject({
    field: z
      .string()
      .max(60)
      .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'must begin with a letter, and hold letters, digits and _ alone')
      .refine((field) => !isTaken(field), 'is a name that every object has')
      .meta({ description: 'What the value is called where the template is applied.' }),
    label: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'What a person sees; `field` where absent.' }),
    description: z.string().max(MAX_DESCRIPTION_LENGTH).optional(),
    type: z.enum(['select', 'boolean', 'text', 'number', 'date']),
    options: z.array(z.string().max(MAX_TEXT_LENGTH)).min(1).max(MAX_OPTIONS).optional().meta({
      description: 'Of the type `select` alone: what can be chosen.',
    }),
    labels: z.record(z.string(), z.string().max(200)).optional().meta({
      description: 'Of the type `select` alone: what a person sees for an option; the option where absent.',
    }),
    default: chosenValue,
    sets: z
      .array(setting)
      .min(1)
      .max(MAX_SETTINGS)
      .meta({ description: 'Where the value goes, in this order.' }),
  })
  .superRefine((found, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((found.type === 'select') !== (found.options !== undefined)) {
      refuse('options', 'are needed of the type "select", and have no meaning for another');
    } else if (!valueSchema(found).safeParse(found.default).success) {
      refuse('default', 'is no value of its type');
    }
  });
export type Customization = z.infer<typeof customization>;

/** What may be chosen for a customization. */
export function valueSchema({ type, options = [] }: Pick<Customization, 'type' | 'options'>): z.ZodType {
  if (type === 'select') return z.enum(options);
  if (type === 'boolean') return z.boolean();
  if (type === 'number') return z.number();
  return type === 'date' ? z.iso.date() : z.string().max(MAX_TEXT_LENGTH);
}

const definition = z.strictObject(exportDefinition.shape).omit({ name: true });

/** A template as it is kept: every default filled in. */
export const templateSchema = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
  description: z.string().trim().max(MAX_DESCRIPTION_LENGTH).default(''),
  definition: definition.meta({
    description:
      'As of an export, without its name; its dataset is the one that is offered first. Personal data are masked in it: who applies the template chooses whether to show them.',
  }),
  customizations: z
    .array(customization)
    .max(MAX_CUSTOMIZATIONS)
    .default([])
    .refine((all) => new Set(all.map(({ field }) => field)).size === all.length, 'two have the same "field"'),
  formats: z.array(formatId).max(formatIds.length).default([]).meta({
    description: 'The formats that it can be applied in, beside the one that it has itself.',
  }),
});
export type Template = z.infer<typeof templateSchema>;

/** What a template can be made from: a definition, or an export that is there. */
export const newTemplate = z
  .strictObject({
    ...templateSchema.shape,
    definition: templateSchema.shape.definition.optional(),
    exportId: z.guid().optional().meta({ description: 'Takes the definition of this export.' }),
  })
  .refine(({ definition, exportId }) => (definition === undefined) !== (exportId === undefined), {
    path: ['exportId'],
    message: 'give either "exportId" or "definition"',
  })
  .meta({
    id: 'NewExportTemplate',
    examples: [
      {
        name: 'Open orders',
        description: 'For the warehouse, each Monday.',
        definition: {
          dataset: 'purchase_orders',
          filter: { field: 'status', op: 'eq', value: 'open' },
          format: { type: 'csv' },
        },
        customizations: [
          {
            field: 'status',
            label: 'Status',
            type: 'text',
            default: 'open',
            sets: [{ path: 'filter.value' }, { path: 'filter', values: { '': null } }],
          },
        ],
      },
    ],
  });
export type NewTemplate = z.infer<typeof newTemplate>;

/** A template as the API shows it. Times are ISO 8601 in UTC. */
export const templateView = z
  .object({
    id: z.string().meta({ description: 'A word of a built-in one, a UUID of all others.' }),
    builtin: z.boolean().meta({ description: 'Comes along, and cannot be changed.' }),
    ...templateSchema.shape,
    destinations: z
      .array(z.enum(['download']))
      .readonly()
      .meta({
        description: 'Where its files can go.',
      }),
    needs: z
      .array(z.string())
      .readonly()
      .meta({ description: 'The columns that a dataset must have for it.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ExportTemplate' });
export type TemplateView = Readonly<z.infer<typeof templateView>>;

/** How a template is applied. */
export const fromTemplate = z
  .strictObject({
    template: z.string().min(1).max(100).meta({ description: 'The template’s id.' }),
    name: z.string().trim().min(1).max(MAX_NAME_LENGTH).optional().meta({
      description: 'What the export is called; as the template where absent.',
    }),
    dataset: exportDefinition.shape.dataset.optional().meta({
      description: 'Must have the columns that the template needs; its own dataset where absent.',
    }),
    format: formatId.optional().meta({ description: 'One of the template’s formats; its own where absent.' }),
    values: z.record(z.string(), chosenValue).default({}).meta({
      description: 'By the field of each customization; its default where absent.',
    }),
  })
  .meta({
    id: 'FromTemplate',
    examples: [{ template: 'purchase-orders', values: { includeLineItems: false } }],
  });
export type FromTemplate = z.infer<typeof fromTemplate>;
