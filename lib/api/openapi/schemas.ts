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

/** Throws where two schemas share an id and differ, be it only in what they are as input and as output. */
export function schemaCollector(): SchemaCollector {
  const named = new Map<string, JsonSchema>();
  const add = (id: string, schema: JsonSchema) => {
    const known = named.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two schemas have the id ${id}: give one of them another.`);
    }
    named.set(id, schema);
  };
  return {
    named,
    of(schema, io) {
      const { $defs = {}, $schema: _, ...root } = relocated(z.toJSONSchema(schema, { io, override: plain }));
      for (const [id, definition] of Object.entries($defs as Record<string, JsonSchema>)) add(id, definition);
      return root;
    },
  };
}

/** A format says more to a reader than its pattern; and read-only is a matter of TypeScript here. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  delete jsonSchema.readOnly;
}

function relocated(schema: z.core.JSONSchema.BaseSchema): JsonSchema {
  const text = JSON.stringify(schema);
  return JSON.parse(text.replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/')) as JsonSchema;
}
