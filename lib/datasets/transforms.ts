import { z } from 'zod';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { currencyIn, isCurrencyCode } from './currency.ts';
import { namesADay } from './date-format.ts';
import { isLocale, type NumberNotation, numberReader } from './number-notation.ts';
import { Refusal } from './refusal.ts';
import { scalarText } from './scalar.ts';
import { timeReader } from './time-reader.ts';
import { dateCell, timestampCell, zonedTimestampCell } from './times.ts';

/** Takes a source's value, gives a value or a `Refusal`. */
type Apply = (value: unknown) => unknown;

interface TransformKind<Options> {
  readonly options: z.ZodType<Options>;
  readonly compile: (options: Options) => Apply;
}

function kind<Shape extends z.ZodObject>(options: Shape, compile: (options: z.infer<Shape>) => Apply) {
  return { options, compile };
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const format = z
  .string()
  .refine(namesADay, 'must name a year, a month and a day, as in MM/DD/YYYY')
  .optional();

const trim = kind(z.strictObject({ name: z.literal('trim') }), () => onText((text) => text.trim()));
const upper = kind(z.strictObject({ name: z.literal('upper') }), () => onText((text) => text.toUpperCase()));
const lower = kind(z.strictObject({ name: z.literal('lower') }), () => onText((text) => text.toLowerCase()));
const replace = kind(
  z.strictObject({ name: z.literal('replace'), find: z.string().min(1), with: z.string() }),
  (options) => onText((text) => text.replaceAll(options.find, () => options.with)),
);
const emptyToNull = kind(
  z.strictObject({ name: z.literal('emptyToNull') }),
  () => (given) => (given === '' ? null : given),
);
const nullIf = kind(
  z.strictObject({ name: z.literal('nullIf'), values: z.array(z.string()).min(1) }),
  ({ values }) => onText((text) => (values.includes(text) ? null : text)),
);
const fallback = kind(
  z.strictObject({ name: z.literal('default'), value }),
  (options) => (given) => (given === null || given === undefined || given === '' ? options.value : given),
);
const number = kind(
  z
    .strictObject({
      name: z.literal('number'),
      decimal: z.enum(['.', ',']).optional(),
      thousands: z.enum([',', '.', ' ', "'"]).optional(),
      locale: z.string().refine(isLocale, 'must be a locale that there is, such as de-DE').optional(),
    })
    .refine(({ decimal = '.', thousands }) => decimal !== thousands, 'thousands must differ from decimal')
    .refine(
      ({ decimal, thousands, locale }) => locale === undefined || (decimal ?? thousands) === undefined,
      'locale says the separators already: leave decimal and thousands out',
    ),
  (options) => onText(numberReader(options as NumberNotation)),
);
const code = z.string().refine(isCurrencyCode, 'must be the code of a currency, such as EUR').optional();
const currency = kind(
  z.strictObject({ name: z.literal('currency'), ambiguous: code, otherwise: code }),
  (options) => onText((text) => currencyIn(text, options)),
);
const translate = kind(
  z.strictObject({
    name: z.literal('translate'),
    table: z
      .record(z.string(), z.string())
      .refine((table) => Object.keys(table).length > 0, 'must have a line'),
    otherwise: z.enum(['keep', 'empty', 'reject']).optional(),
  }),
  ({ table, otherwise = 'reject' }) =>
    (given) => {
      if (given === null || given === undefined) return given;
      const text = scalarText(given);
      if (typeof text === 'string' && Object.hasOwn(table, text)) return table[text];
      if (otherwise === 'reject') return new Refusal('is none of the values in the table');
      return otherwise === 'keep' ? given : null;
    },
);
const date = kind(z.strictObject({ name: z.literal('date'), format }), (options) =>
  onText(timeReader(options.format, (iso) => dateCell(iso.slice(0, 10)))),
);
const timestamp = kind(
  z.strictObject({
    name: z.literal('timestamp'),
    format,
    zone: z.string().refine(isTimeZone, 'must be a time zone, such as Europe/Berlin').optional(),
  }),
  (options) =>
    onText(
      timeReader(
        options.format,
        options.zone === undefined ? timestampCell : zonedTimestampCell(options.zone),
      ),
    ),
);

const kinds = [
  trim,
  upper,
  lower,
  replace,
  emptyToNull,
  nullIf,
  fallback,
  translate,
  number,
  currency,
  date,
  timestamp,
] as const;
const optionSchemas = [
  trim.options,
  upper.options,
  lower.options,
  replace.options,
  emptyToNull.options,
  nullIf.options,
  fallback.options,
  translate.options,
  number.options,
  currency.options,
  date.options,
  timestamp.options,
] as const;

const byName: ReadonlyMap<string, TransformKind<{ readonly name: string }>> = new Map(
  kinds.map((one) => [
    one.options.shape.name.value,
    one as unknown as TransformKind<{ readonly name: string }>,
  ]),
);

/** The transforms that need no options may be written as their name alone. */
const bareNames = [
  'trim',
  'upper',
  'lower',
  'emptyToNull',
  'number',
  'currency',
  'date',
  'timestamp',
] as const;

/** `"trim"`, or `{ "name": "date", "format": "MM/DD/YYYY" }`. */
export const transformSchema = z
  .union([z.enum(bareNames), z.discriminatedUnion('name', optionSchemas)], {
    error: ({ input }) => transformProblem(input),
  })
  .meta({ id: 'Transform' });

export type Transform = z.infer<typeof transformSchema>;

/** The transforms one after the other; the first that refuses ends the row. */
export function compileTransforms(transforms: readonly Transform[]): Apply {
  const steps = transforms.map(compileTransform);
  return (given) => {
    let current = given;
    for (const step of steps) {
      current = step(current);
      if (current instanceof Refusal) return current;
    }
    return current;
  };
}

function compileTransform(transform: Transform): Apply {
  const options = typeof transform === 'string' ? { name: transform } : transform;
  return (byName.get(options.name) as NonNullable<ReturnType<typeof byName.get>>).compile(options);
}

function transformProblem(input: unknown): string {
  const { name } =
    typeof input === 'object' && input !== null ? (input as { name?: unknown }) : { name: input };
  const known = byName.get(String(name));
  if (!known) return `there is no transform "${name}"; there are: ${[...byName.keys()].join(', ')}`;
  const { error } = known.options.safeParse(typeof input === 'object' ? input : { name });
  const reasons = error?.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  return `transform "${name}": ${reasons?.join('; ') ?? 'its options are wrong'}`;
}

/** Text and numbers as written; nothing stays nothing, and what has no text of its own is left as it is. */
function onText(change: (text: string) => unknown): Apply {
  return (given) => {
    if (given === null || given === undefined || typeof given === 'boolean') return given;
    const text = scalarText(given);
    return text instanceof Refusal ? given : change(text);
  };
}
