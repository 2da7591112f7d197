/** As much of JSON Schema as connectors, formats and transforms describe their forms with. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  /** What a person calls each of `enum`; the value itself where it is not among them. */
  readonly labels?: Readonly<Record<string, string>>;
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
  /** Of a list. */
  readonly items?: Schema;
  readonly maxItems?: number;
  /** What it is where it is left out: then it is no guess, and the form shows it. */
  readonly default?: unknown;
  /** The control that offers what the schema itself cannot know. */
  readonly input?: InputKind;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Never shown once entered. */
  readonly secret?: boolean;
}

/** A column of the rows by its name or by its header in the file, a language, a zone, a colour, an uploaded file, bytes in megabytes. */
export type InputKind = 'column' | 'header' | 'locale' | 'timeZone' | 'color' | 'upload' | 'megabytes';

export type Values = Readonly<Record<string, unknown>>;

/** By the dotted path of a field: what is wrong with it. */
export type Problems = Readonly<Record<string, string>>;

/** Where a field stands below the form that holds it. */
export function pathOf(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Whether anything is wrong with a field, or within it. */
export function isWrong(problems: Problems, path: string): boolean {
  return Object.keys(problems).some((field) => field === path || field.startsWith(`${path}.`));
}

/** What a form calls a field: its title, else the words of its name. */
export function labelOf({ title }: Schema, name: string): string {
  if (title !== undefined) return title;
  const words = name.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What a person calls one of the values between which one chooses. */
export function choiceLabel({ labels }: Schema, value: string): string {
  return labels?.[value] ?? (value === '' ? 'Nothing' : shownText(value));
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

/** Whether a field holds fields of its own that are as they should be until somebody says otherwise. */
export function isSection({ type, default: standard }: Schema): boolean {
  return (type === 'object' || type === 'array') && standard !== undefined;
}

/** The fields that one must or will mostly fill in, and those that are guessed where left out. */
export function fieldsOf(schema: Schema): { main: [string, Schema][]; more: [string, Schema][] } {
  const isLocation = (name: string) => hasFileLocation(schema) && (name === 'url' || name === 'upload');
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => field.const === undefined && !isLocation(name),
  );
  const isMain = ([name, { default: standard }]: [string, Schema]) =>
    standard !== undefined || (schema.required?.includes(name) ?? false);
  return { main: fields.filter(isMain), more: fields.filter((field) => !isMain(field)) };
}

/** The values with one of them changed; undefined takes it away, and so does an empty text where that is no answer. */
export function withValue(values: Values, name: string, value: unknown, schema: Schema = {}): Values {
  const { [name]: _before, ...others } = values;
  const isAbsent = value === undefined || (value === '' && schema.default === undefined);
  return isAbsent ? others : { ...others, [name]: value };
}

/** What a form begins with where a schema has been chosen: everything that it needs, empty. */
export function emptyOf(schema: Schema): unknown {
  const [first] = choicesOf(schema) ?? [];
  if (first) return emptyOf(first);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.type === 'array') return [];
  if (schema.enum) return schema.enum[0];
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
