import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { curlOf } from '#lib/api/openapi/curl.ts';
import { fieldRows, typeText } from '#lib/api/openapi/fields.ts';
import { schemaCollector } from '#lib/api/openapi/schemas.ts';

const wordsOf = (schema: z.ZodType) =>
  typeText(schemaCollector().of(schema, 'output'))
    .map((part) => (typeof part === 'string' ? part : `<${part.name}>`))
    .join('');

describe('a type is said in words', () => {
  const job = z.object({ id: z.guid() }).meta({ id: 'Job' });
  it.each([
    ['text', z.string()],
    ['id', z.guid()],
    ['time or null', z.iso.datetime().nullable()],
    ['whole number', z.int()],
    ['"csv" or "json"', z.enum(['csv', 'json'])],
    ['list of <Job>', z.array(job)],
    ['object of list of text', z.record(z.string(), z.array(z.string()))],
    ['<Job> or text', z.union([job, z.string()])],
    ['anything', z.unknown()],
  ])('%s', (words, schema) => {
    expect(wordsOf(schema)).toBe(words);
  });
});

describe('the fields of a schema', () => {
  const pathsOf = (schema: z.ZodType) =>
    fieldRows(schemaCollector().of(schema, 'input')).map(({ path }) => path);

  it('stand under their paths, in lists, maps and choices too', () => {
    const format = z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('csv'), header: z.boolean() }),
      z.strictObject({ type: z.literal('json') }),
    ]);
    const schema = z.object({
      rows: z.array(z.object({ line: z.int() })),
      streams: z.record(z.string(), z.object({ dataset: z.string() })),
      format,
    });
    expect(pathsOf(schema)).toEqual([
      'rows',
      'rows[].line',
      'streams',
      'streams.*.dataset',
      'format',
      'format(csv).type',
      'format(csv).header',
      'format(json).type',
    ]);
  });

  it('say what holds where they are absent, and their limits', () => {
    const schema = z.object({
      limit: z.int().min(1).max(500).default(50).meta({ description: 'How many.' }),
      name: z.string().max(9),
    });
    expect(fieldRows(schemaCollector().of(schema, 'input'))).toMatchObject([
      { required: false, notes: ['How many.', '50 where absent.', 'At least 1, at most 500.'] },
      { required: true, notes: ['At most 9 characters.'] },
    ]);
  });
});

it('two schemas that differ cannot share a name', () => {
  const { of } = schemaCollector();
  of(z.object({ a: z.object({ b: z.int() }).meta({ id: 'Same' }) }), 'output');
  expect(() => of(z.object({ a: z.object({ c: z.int() }).meta({ id: 'Same' }) }), 'output')).toThrow('Same');
});

it('a call is written as one would type it, quotes and all', () => {
  const schema = { type: 'object', examples: [{ name: "Tom's" }] };
  const operation = {
    operationId: 'rename',
    summary: 'Rename',
    tags: ['Things'] as const,
    security: [{ apiKey: ['write'] as const }],
    parameters: [],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {},
  };
  const call = { url: 'http://x', method: 'patch', path: '/api/things/{id}', operation, schemas: {} };
  expect(curlOf(call)).toBe(
    [
      "curl -X PATCH 'http://x/api/things/<id>'",
      '-H "Authorization: Bearer $key"',
      "-H 'Content-Type: application/json'",
      `-d '{\n  "name": "Tom'\\''s"\n}'`,
    ].join(' \\\n  '),
  );
});
