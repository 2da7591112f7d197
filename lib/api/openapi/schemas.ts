import { z } from 'zod';

/** A JSON Schema as OpenAPI 3.1 takes it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

/** Turns zod schemas into JSON Schemas, and collects those that have an id, to be referred to by it. */
export interface SchemaCollector {
  /** `input`: what a caller sends, defaults left out; `output`: what a caller gets. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  readonly named: ReadonlyMap<string, JsonSchema>;
}

/**
 * Throws where two schemas share an id and differ, be it only in what they are as input and as output: one that is both
 * has an `outputId` beside it in its metadata.
 */
export function schemaCollector(): SchemaCollector {
  const named = new Map<string, JsonSchema>();
  const add = (id: string, schema: JsonSchema) => {
    const known = named.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two schemas have the id ${id}: give one of them another.`);
    }
    named.set(id, schema);
  };
  const of: SchemaCollector['of'] = (schema, io) => {
    const renamed = new Map<string, string>();
    const override: Override = ({ zodSchema, jsonSchema }) => {
      // What is checked for its size before it is read is, to a caller, what it is read as.
      if (zodSchema instanceof z.ZodPipe && zodSchema.in instanceof z.ZodUnknown) {
        Object.assign(jsonSchema, of(zodSchema.out as z.ZodType, io));
      }
      // Ours are what a caller sends, also where that is then turned into something else.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (examples) jsonSchema.examples = examples as unknown[];
      // A format says more to a reader than its pattern; the rest is a matter of TypeScript and of our forms.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      delete jsonSchema.readOnly;
      delete jsonSchema.labels;
      delete jsonSchema.outputId;
      if (io === 'output') {
        noteOutputId(zodSchema, renamed);
        // An answer has its values, and may gain fields.
        delete jsonSchema.default;
        if (isOpen(zodSchema)) delete jsonSchema.additionalProperties;
      }
    };
    const { $defs = {}, $schema: _, ...root } = relocated(z.toJSONSchema(schema, { io, override }), renamed);
    for (const [id, definition] of Object.entries($defs as Record<string, JsonSchema>)) {
      add(renamed.get(id) ?? id, definition);
    }
    return root;
  };
  return { of, named };
}

function noteOutputId(schema: z.core.$ZodType, renamed: Map<string, string>): void {
  const { id, outputId } = z.globalRegistry.get(schema) ?? {};
  if (id !== undefined && typeof outputId === 'string') renamed.set(id, outputId);
}

function isOpen(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined;
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/** Refers to components, each by the name that it is given there. */
function relocated(schema: z.core.JSONSchema.BaseSchema, renamed: ReadonlyMap<string, string>): JsonSchema {
  const text = JSON.stringify(schema).replaceAll(
    /"\$ref":"#\/\$defs\/([^"]+)"/g,
    (_, id: string) => `"$ref":"#/components/schemas/${renamed.get(id) ?? id}"`,
  );
  return JSON.parse(text) as JsonSchema;
}
