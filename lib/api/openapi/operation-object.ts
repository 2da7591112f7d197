import { z } from 'zod';
import { mayAnswerNothing, type Operation, scopeOf } from '#lib/api/operation.ts';
import type { Scope } from '#lib/auth/roles.ts';
import { codesByStatus, errorCodesOf } from './errors.ts';
import type { JsonSchema, SchemaCollector } from './schemas.ts';

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

interface MediaTypes {
  readonly [mediaType: string]: { readonly schema: JsonSchema };
}

export interface ResponseObject {
  readonly $ref?: string;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: MediaTypes;
}

/** An operation as OpenAPI 3.1 describes it. */
export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly [string];
  /** Empty where anyone may call. */
  readonly security: readonly Readonly<Record<string, readonly Scope[]>>[];
  readonly parameters: readonly ParameterObject[];
  readonly requestBody?: { readonly required: boolean; readonly content: MediaTypes };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly operation: Operation;
}

/** One operation, its schemas collected in `schemas`. */
export function operationObject(place: Place, schemas: SchemaCollector): OperationObject {
  const { method, tag, operation } = place;
  const { summary, description, body } = operation;
  return {
    operationId: camelCase(summary),
    summary,
    ...(description && { description }),
    tags: [tag],
    security:
      operation.caller === 'anyone' ? [] : [{ apiKey: [scopeOf(method, operation)] }, { session: [] }],
    parameters: parametersOf(place, schemas),
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { 'application/json': { schema: schemas.of(body, 'input') } },
      },
    }),
    responses: { ...successes(place, schemas), ...failures(place) },
  };
}

function camelCase(summary: string): string {
  const [first = '', ...rest] = summary
    .toLowerCase()
    .replaceAll(/[^a-z0-9 ]/g, '')
    .split(' ');
  const words = rest.filter((word) => !['a', 'an', 'the', 'of', 'its'].includes(word));
  return [first, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

function parametersOf({ method, operation }: Place, schemas: SchemaCollector): ParameterObject[] {
  const { caller, params, query, versioned } = operation;
  return [
    ...namedIn('path', params, schemas),
    ...namedIn('query', query, schemas),
    ...(caller === 'member' && method === 'POST' ? [idempotencyKey] : []),
    ...(versioned && method !== 'GET' ? [ifMatch] : []),
  ];
}

const idempotencyKey: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes a repeat safe: the same key and body within 24 hours get the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const ifMatch: ParameterObject = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The ETag of the version that the change is meant for; refused where that is not the present one.',
  schema: { type: 'string' },
};

function namedIn(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  schemas: SchemaCollector,
): ParameterObject[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.of(schema, 'input');
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description && { description }),
    schema: rest,
  }));
}

function successes({ method, operation }: Place, schemas: SchemaCollector): Record<string, ResponseObject> {
  const { response, mediaType = 'application/json', status = 200 } = operation;
  const headers = headersOf(method, operation);
  const content = response instanceof z.ZodOptional ? (response.unwrap() as z.ZodType) : response;
  const answers: Record<string, ResponseObject> = {};
  if (!(response instanceof z.ZodVoid)) {
    answers[status] = {
      description: descriptions[status],
      ...(headers && { headers }),
      content: { [mediaType]: { schema: schemas.of(content, 'output') } },
    };
  }
  if (mayAnswerNothing(response)) answers[204] = { description: descriptions[204] };
  return answers;
}

const descriptions = {
  200: 'Done.',
  201: 'Made.',
  202: 'Accepted: the work goes on by itself.',
  204: 'Done, with nothing to say.',
} as const;

function headersOf(method: string, { caller, versioned }: Operation) {
  const text = { type: 'string' };
  if (versioned) return { ETag: { description: 'The version, for If-Match.', schema: text } };
  if (caller !== 'member' || method !== 'POST') return undefined;
  const description = '`true` where this is the answer of an earlier call with the same Idempotency-Key.';
  return { 'Idempotent-Replayed': { description, schema: text } };
}

function failures({ method, operation }: Place): Record<string, ResponseObject> {
  const statuses = codesByStatus(errorCodesOf(method, operation)).keys();
  return Object.fromEntries(
    [...statuses].map((status) => [status, { $ref: `#/components/responses/Error${status}` }]),
  );
}
