/** As much of JSON Schema as connectors describe their forms with. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  /** What a person calls each of `enum`; the value itself where it is not among them. */
  readonly enumTitles?: Readonly<Record<string, string>>;
  /** What it means to leave it out; it is guessed where that is absent. */
  readonly absentTitle?: string;
  /** By this value a schema is told from the others that could be chosen; nobody enters it. */
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Never shown once entered. */
  readonly secret?: boolean;
}

export type Values = Readonly<Record<string, unknown>>;

/** By the dotted path of a field: what is wrong with it. */
export type Problems = Readonly<Record<string, string>>;

/** What a form calls a field: its title, else its name. */
export function labelOf({ title }: Schema, name: string): string {
  return title ?? name;
}

/** What a choice between schemas calls one of them: its title, else what it asks for. */
export function optionLabel(schema: Schema): string {
  if (schema.title) return schema.title;
  return Object.entries(schema.properties ?? {})
    .map(([name, property]) => labelOf(property, name))
    .join(' and ');
}

/** The schemas between which one chooses, where there is a choice. */
export function choicesOf({ anyOf, oneOf }: Schema): readonly Schema[] | undefined {
  return anyOf ?? oneOf;
}

/** Whether one says where a file is: by an address or by an upload. */
export function hasFileLocation({ properties = {} }: Schema): boolean {
  return 'url' in properties && 'upload' in properties;
}

/** The fields that one must or will mostly fill in, and those that are guessed where left out. */
export function fieldsOf(schema: Schema): { main: [string, Schema][]; more: [string, Schema][] } {
  const isLocation = (name: string) => hasFileLocation(schema) && (name === 'url' || name === 'upload');
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => field.const === undefined && !isLocation(name),
  );
  const isMain = ([name]: [string, Schema]) => schema.required?.includes(name) ?? false;
  return { main: fields.filter(isMain), more: fields.filter((field) => !isMain(field)) };
}

/** The values with one of them changed; undefined and an empty text take it away. */
export function withValue(values: Values, name: string, value: unknown): Values {
  const { [name]: _before, ...others } = values;
  return value === undefined || value === '' ? others : { ...others, [name]: value };
}

/** What a form begins with where a schema has been chosen: everything that it needs, empty. */
export function emptyOf(schema: Schema): unknown {
  const [first] = choicesOf(schema) ?? [];
  if (first) return emptyOf(first);
  if (schema.const !== undefined) return schema.const;
  if (schema.type !== 'object') return '';
  const entries = (schema.required ?? []).map((name) => [name, emptyOf(schema.properties?.[name] ?? {})]);
  return schema.properties ? Object.fromEntries(entries) : { '': '' };
}

/** Which of the schemas a value was entered for; -1 for none. */
export function chosenOption(options: readonly Schema[], value: unknown): number {
  if (typeof value !== 'object' || value === null) return -1;
  const values = value as Values;
  const fits = (name: string, schema: Schema = {}) =>
    name in values && (schema.const === undefined || schema.const === values[name]);
  return options.findIndex(({ required = [], properties = {} }) =>
    required.every((name) => fits(name, properties[name])),
  );
}

/** Everything that must be filled in and is not. */
export function missingIn(schema: Schema, value: unknown, path: string): Problems {
  const choices = choicesOf(schema);
  if (choices) {
    const option = choices[chosenOption(choices, value)];
    return option ? missingIn(option, value, path) : {};
  }
  if (schema.type !== 'object') return value === '' || value === undefined ? { [path]: 'Fill this in.' } : {};
  const values = (value ?? {}) as Values;
  const names = schema.properties ? (schema.required ?? []) : Object.keys(values);
  const member = (name: string) => schema.properties?.[name] ?? additional(schema);
  return Object.assign(
    {},
    ...names.map((name) =>
      name === '' ? { [path]: 'Give it a name.' } : missingIn(member(name), values[name], `${path}.${name}`),
    ),
  );
}

/** The schema of the values of a record, whose names are free. */
export function additional({ additionalProperties }: Schema): Schema {
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

const blanks: Readonly<Record<string, string>> = { '\t': 'Tab', ' ': 'Space' };

/** A text as a person can see it: a lone tab has a name. */
export function shownText(value: unknown): string {
  const text = value === undefined ? '' : String(value);
  return blanks[text] ?? text;
}

/** What a person means by a text that `shownText` may have shown. */
export function meantText(text: string): string {
  return Object.keys(blanks).find((blank) => blanks[blank] === text) ?? text;
}
