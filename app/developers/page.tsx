import type { Metadata } from 'next';
import { connection } from 'next/server';
import { TextLink } from '#app/_ui/link.tsx';
import { apiDocument } from '#app/api/openapi/document.ts';
import { guide } from '#app/api/openapi/guide.ts';
import type { OpenApiDocument } from '#lib/api/openapi/document.ts';
import { Contents } from './_components/contents.tsx';
import classes from './_components/developers.module.css';
import { Errors } from './_components/errors.tsx';
import { Marked } from './_components/marked.tsx';
import { Operation, type Placed } from './_components/operation.tsx';
import { Schema } from './_components/schema.tsx';

export const metadata: Metadata = { title: 'For developers' };

/** The API as a person reads it: the same document as at /api/openapi. */
export default async function DevelopersPage() {
  await connection();
  const document = apiDocument();
  const subjects = document.tags.map((tag) => ({ ...tag, operations: operationsOf(document, tag.name) }));
  const chapters = [...guide, { id: 'errors', title: 'Errors' }, { id: 'schemas', title: 'Named shapes' }];
  return (
    <div className={classes.frame}>
      <Contents guide={chapters} subjects={subjects} />
      <main className={classes.main}>
        <TextLink href="/">Entrepot</TextLink>
        <h1>For developers</h1>
        <p>
          Everything that the pages do can be done by this API. For clients to be made from, there is the same
          as <a href="/api/openapi">an OpenAPI 3.1 document</a>. The address here is{' '}
          <code>{document.servers[0]?.url}</code>.
        </p>
        {guide.map(({ id, title, text }) => (
          <section key={id} id={id}>
            <h2>{title}</h2>
            {text.map((paragraph) => (
              <p key={paragraph}>
                <Marked text={paragraph} />
              </p>
            ))}
          </section>
        ))}
        <section id="errors">
          <h2>Errors</h2>
          <p>
            An error is <code>{'{ "error": { "code", "message", "requestId", "fields"? } }'}</code>. Codes
            stay as they are: decide by them. Messages are for people and may change. <code>fields</code>{' '}
            says, by the dotted path of each wrong field, what is wrong with it.
          </p>
          <Errors />
        </section>
        {subjects.map(({ name, description, operations }) => (
          <section key={name} id={name.toLowerCase()}>
            <h2>{name}</h2>
            <p>{description}</p>
            {operations.map((each) => (
              <Operation key={each.operation.operationId} {...each} document={document} />
            ))}
          </section>
        ))}
        <section id="schemas">
          <h2>Named shapes</h2>
          {Object.entries(document.components.schemas).map(([name, schema]) => (
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
      </main>
    </div>
  );
}

function operationsOf({ paths }: OpenApiDocument, tag: string): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ method, path, operation })),
  );
}
