import type { JsonSchema } from '#lib/api/openapi/schemas.ts';
import { Marked } from './marked.tsx';
import { Schema } from './schema.tsx';

/** The schemas that operations refer to by name. */
export function NamedShapes({ schemas }: { schemas: Readonly<Record<string, JsonSchema>> }) {
  return (
    <section id="schemas">
      <h2>Named shapes</h2>
      {Object.entries(schemas).map(([name, schema]) => (
        <section key={name} id={`schema-${name}`}>
          <h3>{name}</h3>
          {schema.description && (
            <p>
              <Marked text={schema.description} />
            </p>
          )}
          <Schema caption={`Fields of ${name}`} schema={schema} />
        </section>
      ))}
    </section>
  );
}
