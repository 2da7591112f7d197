import type { JsonSchema } from '#lib/api/openapi/schemas.ts';
import classes from './developers.module.css';
import { Marked } from './marked.tsx';
import { Schema } from './schema.tsx';

interface NamedShapesProps {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** The schemas that operations refer to by name, each folded until it is wanted: a link to one unfolds it. */
export function NamedShapes({ schemas }: NamedShapesProps) {
  return (
    <section id="schemas">
      <h2>Named shapes</h2>
      {Object.entries(schemas).map(([name, schema]) => (
        <details key={name} className={classes.folded}>
          <summary>
            <h3>{name}</h3>
          </summary>
          <section id={`schema-${name}`} className={classes.unfolded} aria-label={name}>
            <Shape name={name} schema={schema} sent={sentAs(name, schemas)} />
          </section>
        </details>
      ))}
    </section>
  );
}

/** The name of what a caller sends, of which this is what is kept. */
function sentAs(name: string, schemas: NamedShapesProps['schemas']): string | undefined {
  const sent = name.replace(/^Stored/, '');
  return sent !== name && schemas[sent] ? sent : undefined;
}

interface ShapeProps {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly sent: string | undefined;
}

function Shape({ name, schema, sent }: ShapeProps) {
  if (sent !== undefined) {
    return (
      <p>
        A <a href={`#schema-${sent}`}>{sent}</a> as it is answered: what may be left out and has a value where
        it is absent is always there.
      </p>
    );
  }
  return (
    <>
      {schema.description && (
        <p>
          <Marked text={schema.description} />
        </p>
      )}
      <Schema caption={`Fields of ${name}`} schema={schema} />
    </>
  );
}
