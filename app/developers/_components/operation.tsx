import { curlOf } from '#lib/api/openapi/curl.ts';
import type { OpenApiDocument } from '#lib/api/openapi/document.ts';
import { type FieldRow, fieldRows, typeText } from '#lib/api/openapi/fields.ts';
import type { OperationObject, ParameterObject } from '#lib/api/openapi/operation-object.ts';
import classes from './developers.module.css';
import { FieldsTable } from './fields-table.tsx';
import { Marked } from './marked.tsx';
import { Schema } from './schema.tsx';
import { ScrollBox } from './scroll-box.tsx';

/** An operation and where it is. */
export interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

interface OperationProps extends Placed {
  readonly document: OpenApiDocument;
}

/** One operation: what it does, what it takes and answers, and how to call it. A link to it unfolds it. */
export function Operation({ method, path, operation, document }: OperationProps) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const curl = curlOf({
    url: document.servers[0]?.url ?? '',
    method,
    path,
    operation,
    schemas: document.components.schemas,
  });
  return (
    <details className={classes.folded}>
      <summary>
        <h3>{summary}</h3>
        <span className={classes.address}>
          <span className={classes.method} data-method={method}>
            {method.toUpperCase()}
          </span>{' '}
          <code>{path}</code>
        </span>
      </summary>
      <article id={operationId} className={classes.unfolded} aria-label={summary}>
        {description && (
          <p>
            <Marked text={description} />
          </p>
        )}
        <Rights operation={operation} />
        {parameters.length > 0 && <FieldsTable caption="Parameters" rows={parameters.map(rowOf)} />}
        {body && <Schema caption="Body" schema={body} />}
        <Answers responses={responses} />
        <ScrollBox label={`Example: ${summary}`}>
          <pre className={classes.code}>{curl}</pre>
        </ScrollBox>
      </article>
    </details>
  );
}

function Rights({ operation: { security } }: { operation: OperationObject }) {
  const [scope] = security[0]?.apiKey ?? [];
  if (!scope) return <p>Anyone may call it.</p>;
  return (
    <p>
      Needs the scope <code>{scope}</code>.
    </p>
  );
}

function rowOf({ name, in: place, required, description = '', schema }: ParameterObject): FieldRow {
  const [row] = fieldRows({ properties: { [name]: schema }, required: required ? [name] : [] });
  const notes = [placeNames[place], description, ...(row?.notes ?? [])].filter(Boolean);
  return { path: name, type: typeText(schema), required, notes };
}

const placeNames = { path: 'In the address.', query: '', header: 'A header.' } as const;

function Answers({ responses }: Pick<OperationObject, 'responses'>) {
  const succeeded = Object.entries(responses).filter(([, { $ref }]) => !$ref);
  const failed = Object.keys(responses).filter((status) => responses[status]?.$ref);
  return (
    <>
      {succeeded.map(([status, { content }]) => {
        const [mediaType, media] = Object.entries(content ?? {})[0] ?? [];
        if (!media) return <p key={status}>Answers {status} without a body.</p>;
        if (mediaType !== 'application/json') {
          return (
            <p key={status}>
              Answers {status} with <code>{mediaType}</code>.
            </p>
          );
        }
        return <Schema key={status} caption={`Answer ${status}`} schema={media.schema} />;
      })}
      <p>
        Fails with{' '}
        {failed.map((status, place) => (
          <span key={status}>
            {place > 0 && ', '}
            <a href={`#error-${status}`}>{status}</a>
          </span>
        ))}
        .
      </p>
    </>
  );
}
