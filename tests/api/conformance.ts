import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type OpenApiDocument, templateOf } from '#lib/api/openapi/document.ts';
import type { Answer } from '#tests/api/client.ts';

/** The schemas of a document, to hold values against, by an implementation that is not ours. */
export interface Conformance {
  /** What is wrong with an answer of that route, as `GET /api/jobs/[id]`; nothing where it is as documented. */
  problemsOf(route: string, answer: Answer): unknown;
  /** What is wrong with a value by the schema at that place of the document. */
  problemsAt(pointer: readonly string[], value: unknown): unknown;
}

/** Reads a document's schemas once. */
export function conformanceTo(document: OpenApiDocument): Conformance {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(closed(document), 'document');
  const compiled = new Map<string, ValidateFunction>();
  const problemsAt = (pointer: readonly string[], value: unknown): unknown => {
    const $ref = `document#/${pointer.map(escaped).join('/')}`;
    const validate = compiled.get($ref) ?? ajv.compile({ $ref });
    compiled.set($ref, validate);
    return validate(value) ? undefined : validate.errors;
  };
  const problemsOf = (route: string, { status, headers, json, text }: Answer): unknown => {
    const [method = '', path = ''] = route.split(' ');
    const template = templateOf(path);
    const operation = document.paths[template]?.[method.toLowerCase()];
    const response = operation?.responses[status];
    if (!response) return `${route} is not documented to answer ${status}`;
    const { content } = response.$ref ? dereferenced(document, response.$ref) : response;
    if (!content)
      return text === '' ? undefined : `${route} is documented to answer ${status} without a body`;
    const mediaType = headers.get('content-type')?.split(';')[0] ?? '';
    if (mediaType !== 'application/json') {
      const known = mediaType in content || 'application/octet-stream' in content;
      return known ? undefined : `${route} is not documented to answer ${mediaType}`;
    }
    const at = response.$ref
      ? ['components', 'responses', `Error${status}`]
      : placeOf(template, method, status);
    return problemsAt([...at, 'content', mediaType, 'schema'], json);
  };
  return { problemsAt, problemsOf };
}

/** The document with no object open to fields that it does not name: an answer may gain some, but not unsaid. */
function closed(document: OpenApiDocument): object {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) => {
    const isObject = typeof value === 'object' && value !== null && 'properties' in value && 'type' in value;
    return isObject ? { additionalProperties: false, ...value } : value;
  }) as object;
}

function placeOf(template: string, method: string, status: number): string[] {
  return ['paths', template, method.toLowerCase(), 'responses', String(status)];
}

function dereferenced({ components }: OpenApiDocument, $ref: string) {
  const name = $ref.split('/').at(-1) ?? '';
  return components.responses[name] as { readonly content?: Readonly<Record<string, unknown>> };
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
