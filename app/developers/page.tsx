import type { Metadata } from 'next';
import { connection } from 'next/server';
import { TextLink } from '#app/_ui/link.tsx';
import { apiDocument } from '#app/api/openapi/document.ts';
import { guide } from '#app/api/openapi/guide.ts';
import type { OpenApiDocument } from '#lib/api/openapi/document.ts';
import { Chapters } from './_components/chapters.tsx';
import { Contents } from './_components/contents.tsx';
import classes from './_components/developers.module.css';
import { Errors } from './_components/errors.tsx';
import { NamedShapes } from './_components/named-shapes.tsx';
import { Operation, type Placed } from './_components/operation.tsx';

export const metadata: Metadata = { title: 'For developers' };

/** The API as a person reads it: the same document as at /api/openapi. */
export default async function DevelopersPage() {
  await connection();
  const document = apiDocument();
  const subjects = document.tags.map((tag) => ({ ...tag, operations: operationsOf(document, tag.name) }));
  return (
    <div className={classes.frame}>
      <Contents guide={chapters} subjects={[...subjects.map(linksTo), shapesOf(document)]} />
      <main className={classes.main}>
        <TextLink href="/">Entrepot</TextLink>
        <h1>For developers</h1>
        <p>
          Everything that the pages do can be done by this API. For clients to be made from, there is the same
          as <a href="/api/openapi">an OpenAPI 3.1 document</a>. The address here is{' '}
          <code>{document.servers[0]?.url}</code>.
        </p>
        <Chapters />
        <Errors />
        {subjects.map(({ name, description, operations }) => (
          <section key={name} id={name.toLowerCase()}>
            <h2>{name}</h2>
            <p>{description}</p>
            {operations.map((each) => (
              <Operation key={each.operation.operationId} {...each} document={document} />
            ))}
          </section>
        ))}
        <NamedShapes schemas={document.components.schemas} />
      </main>
    </div>
  );
}

const chapters = [...guide.map(({ id, title }) => ({ id, title })), { id: 'errors', title: 'Errors' }];

function linksTo({ name, operations }: { name: string; operations: readonly Placed[] }) {
  const links = operations.map(({ method, path, operation: { operationId, summary } }) => ({
    id: operationId,
    title: summary,
    words: `${method} ${path}`,
  }));
  return { id: name.toLowerCase(), name, links };
}

function shapesOf({ components }: OpenApiDocument) {
  const links = Object.keys(components.schemas).map((name) => ({ id: `schema-${name}`, title: name }));
  return { id: 'schemas', name: 'Named shapes', links };
}

function operationsOf({ paths }: OpenApiDocument, tag: string): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ method, path, operation })),
  );
}
