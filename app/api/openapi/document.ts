import { type OpenApiDocument, openApiDocument } from '#lib/api/openapi/document.ts';
import { env } from '#lib/env.ts';
import { guide } from './guide.ts';
import { sections } from './sections.ts';

const description = guide.map(({ title, text }) => [`## ${title}`, ...text].join('\n\n')).join('\n\n');

let known: OpenApiDocument | undefined;

/** The API's own description, made once of what its routes parse with. */
export function apiDocument(): OpenApiDocument {
  known ??= openApiDocument(sections, { url: env().APP_URL, description });
  return known;
}
