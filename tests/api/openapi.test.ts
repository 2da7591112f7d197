import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiDocument } from '#app/api/openapi/document.ts';
import { internalRoutes, sections } from '#app/api/openapi/sections.ts';
import type { OpenApiDocument } from '#lib/api/openapi/document.ts';
import type { JsonSchema } from '#lib/api/openapi/schemas.ts';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { errorTable } from '#lib/core/errors.ts';
import { closePools } from '#lib/db/pool.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import { type Conformance, conformanceTo } from '#tests/api/conformance.ts';
import { type Belongings, furnish, make, serveCsv } from '#tests/api/furnish.ts';
import { members } from '#tests/api/member-routes.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';
import { loadRoutes } from '#tests/support/routes.ts';

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let client: Client;
let things: Belongings;
let document: OpenApiDocument;
let conformance: Conformance;
/** What only some routes take. */
let fitting: Readonly<Record<string, Partial<Belongings>>>;

beforeAll(async () => {
  application = await startApplication();
  const { url, admin } = application;
  const owner = await signUp(admin);
  client = clientOf(url, (await createApiKey(owner, { name: 'all', scope: 'admin' })).key);
  files = await serveCsv('code,title\n007,Seven\n');
  things = await furnish(client, 'documented_rows', files.url);
  document = (await client('GET', '/api/openapi')).json as OpenApiDocument;
  conformance = conformanceTo(document);
  const jobIn = async (status: string) => {
    const { rows } = await admin.query(
      `insert into jobs (workspace_id, kind, payload, payload_version, status, due_at, completed_at)
       values ($1, 'export', '{}', 1, $2, now() + interval '1 day', case $2 when 'failed' then now() end)
       returning id`,
      [owner.workspaceId, status],
    );
    return rows[0].id as string;
  };
  await admin.query(
    `create view public.documented_view with (security_invoker) as select workspace_id, name from public.vendors;
     grant select on public.documented_view to entrepot_member`,
  );
  const view = { kind: 'view', name: 'documented_view', label: 'Shown', view: 'public.documented_view' };
  await make(client, '/api/datasets', view);
  fitting = {
    'POST /api/jobs/[id]/cancel': { jobId: await jobIn('queued') },
    'POST /api/jobs/[id]/retry': { jobId: await jobIn('failed') },
    'DELETE /api/datasets/[name]': { dataset: view.name },
  };
});
afterAll(async () => {
  files?.server.close();
  await closePools();
  await application?.close();
});

const documented = sections.flatMap(({ routes }) =>
  Object.entries(routes).flatMap(([path, module]) =>
    Object.entries(module)
      .filter(([, handler]) => typeof handler === 'function' && 'operation' in handler)
      .map(([method]) => `${method} ${path}`),
  ),
);

describe('the document', () => {
  it('is valid OpenAPI 3.1 to somebody else', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('is the same for everyone, signed in or not', async () => {
    const { json } = await clientOf(application.url)('GET', '/api/openapi');
    expect(json).toEqual(document);
    expect(apiDocument().paths).toEqual(document.paths);
  });

  it('has every route of the file system, unless there is a reason, and no other', async () => {
    const routes = (await loadRoutes())
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !route.includes('[['));
    expect([...documented, ...Object.keys(internalRoutes)].sort()).toEqual(routes.sort());
  });

  it('explains every error code', () => {
    const text = JSON.stringify(document.components.responses);
    for (const code of Object.keys(errorTable)) expect(text).toContain(`\`${code}\``);
  });

  it('refers to nothing that it does not have', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
    for (const [, kind, name] of references) {
      expect(document.components[kind as 'schemas'], `${kind}/${name}`).toHaveProperty(name as string);
    }
  });

  it('lets every change of what has a version be made conditional on it', () => {
    const changes = Object.entries(document.paths).filter(([, methods]) => methods.patch);
    for (const [path, { get, patch }] of changes) {
      expect(patch?.parameters, path).toContainEqual(expect.objectContaining({ name: 'If-Match' }));
      expect(get?.responses[200]?.headers, path).toHaveProperty('ETag');
    }
  });

  it('has an example of each body, and its examples are what the schemas take', () => {
    const bodies = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => {
        const schema = requestBody?.content['application/json']?.schema;
        return schema ? [{ at: ['paths', path, method], schema }] : [];
      }),
    );
    for (const { at, schema } of bodies) {
      const pointer = [...at, 'requestBody', 'content', 'application/json', 'schema'];
      const examples = examplesOf(schema);
      expect(examples, at.join(' ')).not.toEqual([]);
      for (const example of examples) expect(conformance.problemsAt(pointer, example)).toBeUndefined();
    }
    for (const [name, { examples = [] }] of Object.entries(document.components.schemas)) {
      for (const example of examples) {
        expect(conformance.problemsAt(['components', 'schemas', name], example)).toBeUndefined();
      }
    }
  });
});

function examplesOf({ $ref, examples = [] }: JsonSchema): readonly unknown[] {
  return $ref ? examplesOf(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : examples;
}

describe('an answer is as the document says', () => {
  it('of routes that anyone may call', async () => {
    const health = await client('GET', '/api/health');
    expect(conformance.problemsOf('GET /api/health', health)).toBeUndefined();
    const file = await client('GET', things.link.slice(application.url.length));
    expect(conformance.problemsOf('GET /api/downloads/[artifactId]', file)).toBeUndefined();
    const forged = await client('GET', `/api/downloads/${things.artifactId}?token=no`);
    expect(forged.status).toBe(401);
    expect(conformance.problemsOf('GET /api/downloads/[artifactId]', forged)).toBeUndefined();
  });

  it.each(members)('of $route', async ({ route, method, call }) => {
    const { path, body } = call({ ...things, ...fitting[route] }, files.url);
    const answer = await client(method, path, body);
    expect([200, 201, 202, 204], answer.text).toContain(answer.status);
    expect(conformance.problemsOf(route, answer)).toBeUndefined();
  });

  it.each(members)('of $route where it is refused', async ({ route, method, call }) => {
    const { path, body } = call({ ...things, ...nowhere }, files.url);
    const answer = await client(method, path, body === undefined ? undefined : { nonsense: true });
    if (answer.status < 300) return;
    expect(conformance.problemsOf(route, answer)).toBeUndefined();
    expect(
      conformance.problemsOf(route, await clientOf(application.url)(method, path, body)),
    ).toBeUndefined();
  });
});

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const nowhere = { sourceId: NOWHERE, runId: NOWHERE, jobId: NOWHERE, exportId: NOWHERE, keyId: NOWHERE };
