import { type OpenApiDocument, openApiDocument } from '#lib/api/openapi/document.ts';
import { env } from '#lib/env.ts';
import { sections } from './sections.ts';

const description = `
Entrepot pulls rows from where they are, keeps them in your own Postgres, and ships them on. Everything that its
pages do can be done here.

**Authentication.** Send an API key as \`Authorization: Bearer ent_…\`. It acts in its one workspace: with the scope
\`read\` it reads, with \`write\` it changes too, with \`admin\` it may do what an owner may.

**Lists** answer \`{ "items": […], "nextCursor": … }\`. Send \`nextCursor\` as \`cursor\` for the next page; null means
that there is none. Pages are keyset pages: nothing is skipped or repeated when rows come in meanwhile.

**Repeats.** Every POST takes an \`Idempotency-Key\`, a text of your choice that is new for each new piece of work. When
an answer got lost, send the same again: within 24 hours you get the first answer, with \`Idempotent-Replayed: true\`,
and nothing is done twice. While the first call is still running the answer is 409; with another body, 422. An answer
of 429 or 5xx is not kept: the repeat is a new try.

**Changes at once.** What can be changed answers an \`ETag\`. Send it back as \`If-Match\` with a PATCH or DELETE, and it is
refused with 409 \`version_mismatch\` where somebody else has changed the same meanwhile. Without it, the last one wins.

**Errors** are \`{ "error": { "code", "message", "requestId", "fields"? } }\`. Codes are stable; messages are for people.

**Times** are ISO 8601 in UTC. Decimals are texts, so that nothing is rounded.
`.trim();

let known: OpenApiDocument | undefined;

/** The API's own description, made once of what its routes parse with. */
export function apiDocument(): OpenApiDocument {
  known ??= openApiDocument(sections, { url: env().APP_URL, description });
  return known;
}
