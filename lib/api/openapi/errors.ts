import { z } from 'zod';
import type { Operation } from '#lib/api/operation.ts';
import { errorGuide } from '#lib/core/error-guide.ts';
import { type ErrorCode, errorTable } from '#lib/core/errors.ts';

/** Every error as every route answers it. */
export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]).meta({
        description: 'Stable: decide by it what to do.',
      }),
      message: z.string().meta({ description: 'For a person: what is wrong and what to do.' }),
      requestId: z.string().meta({ description: 'Quote it when you ask for help; the log has it too.' }),
      fields: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'By the dotted path of each wrong field: what is wrong with it.' }),
    }),
  })
  .meta({
    id: 'Error',
    examples: [
      {
        error: {
          code: 'invalid',
          message: 'Some values are not right: name.',
          requestId: '0b4c4b9e-4d3c-4a9e-9b62-3a4fd6a1c0de',
          fields: { name: 'must not be empty' },
        },
      },
    ],
  });

/** The codes that an operation may fail with, by its form and what it says itself. */
export function errorCodesOf(method: string, operation: Operation): ErrorCode[] {
  const { caller, params, query, body, versioned = false, errors = [] } = operation;
  const isMember = caller === 'member';
  const codes: (readonly [boolean, ...ErrorCode[]])[] = [
    [isMember, 'bad_request', 'unauthenticated', 'forbidden', 'too_many_requests'],
    [params !== undefined, 'not_found'],
    [query !== undefined, 'bad_request', 'invalid'],
    [body !== undefined, 'bad_request', 'too_large', 'invalid'],
    [isMember && method === 'POST', 'conflict', 'invalid'],
    [versioned && method !== 'GET', 'version_mismatch'],
    [true, ...errors, 'internal', 'unavailable'],
  ];
  return [...new Set(codes.flatMap(([applies, ...some]) => (applies ? some : [])))];
}

/** The codes of each status, in the order of the table. */
export function codesByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  return Map.groupBy(codes, (code) => errorTable[code].status);
}

/** What a status means: its codes, each with what it means and what to do. */
export function describeErrors(codes: readonly ErrorCode[]): string {
  return codes
    .map((code) => `\`${code}\`: ${errorGuide[code].means} ${errorGuide[code].remedy}`)
    .join('\n\n');
}

/** Every status that an error can have, with its codes. */
export const errorStatuses = codesByStatus(Object.keys(errorTable) as ErrorCode[]);
