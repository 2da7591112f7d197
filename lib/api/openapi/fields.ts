import type { JsonSchema } from './schemas.ts';

/** One line of a table that shows a schema: a field by its dotted path. */
export interface FieldRow {
  readonly path: string;
  readonly type: TypeText;
  readonly required: boolean;
  readonly notes: readonly string[];
}

/** A type in words; what is named elsewhere stands by its name. */
export type TypeText = readonly (string | { readonly name: string })[];

/** The fields of whatever has fields in a schema, and of those within them, in their order. */
export function fieldRows(schema: JsonSchema, place = ''): FieldRow[] {
  return objectsIn(schema).flatMap(([suffix, { properties = {}, required = [] }]) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const path = [place + suffix, name].filter(Boolean).join('.');
      const row = { path, type: typeText(field), required: required.includes(name), notes: notesOf(field) };
      return [row, ...fieldRows(field, path)];
    }),
  );
}

/** A schema's type as one would say it: `text`, `list of Job`, `"csv" or "json"`. */
export function typeText(schema: JsonSchema): TypeText {
  if (schema.$ref) return [{ name: nameOf(schema.$ref) }];
  const choices = choicesOf(schema);
  if (choices.length > 0) return joined(choices.map(typeText));
  if ('const' in schema) return [JSON.stringify(schema.const)];
  if (Array.isArray(schema.enum)) return joined(schema.enum.map((value) => [JSON.stringify(value)]));
  const types = [schema.type ?? 'anything'].flat();
  return joined(types.map((type) => plainType(type, schema)));
}

/** `Job` for `#/components/schemas/Job`. */
export function nameOf($ref: string): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}

function plainType(type: string, schema: JsonSchema): TypeText {
  if (type === 'array') return ['list of ', ...typeText((schema.items ?? {}) as JsonSchema)];
  if (type === 'object' && isSchema(schema.additionalProperties)) {
    return ['object of ', ...typeText(schema.additionalProperties)];
  }
  if (type === 'string') return [formats[String(schema.format)] ?? 'text'];
  return [type === 'integer' ? 'whole number' : type];
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'id',
  'date-time': 'time',
  uri: 'address',
  binary: 'bytes',
};

function joined(types: readonly TypeText[]): TypeText {
  const seen = [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
  return seen.flatMap((type, place) => (place === 0 ? type : [' or ', ...type]));
}

/** The objects that a schema consists of, each with what the path to it goes on with. */
function objectsIn(schema: JsonSchema): [suffix: string, object: JsonSchema][] {
  if (schema.properties) return [['', schema]];
  if (isSchema(schema.items)) return within('[]', schema.items);
  if (isSchema(schema.additionalProperties)) return within('.*', schema.additionalProperties);
  return choicesOf(schema).flatMap((choice) => within(labelOf(choice), choice));
}

function within(suffix: string, schema: JsonSchema): [string, JsonSchema][] {
  return objectsIn(schema).map(([rest, object]) => [suffix + rest, object]);
}

/** `(csv)` for the choice that is told from the others by a constant of its own. */
function labelOf({ properties = {} }: JsonSchema): string {
  const told = Object.values(properties).find((field) => 'const' in field);
  return told ? `(${told.const})` : '';
}

function choicesOf({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  return [anyOf, oneOf].flatMap((choices) => (Array.isArray(choices) ? (choices as JsonSchema[]) : []));
}

function notesOf({ description, default: byDefault, minimum, maximum, ...schema }: JsonSchema): string[] {
  const notes = description ? [description] : [];
  if (byDefault !== undefined) notes.push(`${JSON.stringify(byDefault)} where absent.`);
  const limits = [
    minimum !== undefined && `at least ${minimum}`,
    maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.maxItems !== undefined && `at most ${schema.maxItems} of them`,
  ].filter(Boolean);
  if (limits.length > 0) notes.push(`${limits.join(', ')}.`.replace(/^a/, 'A'));
  return notes;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}
