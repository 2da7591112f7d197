import type { Handler } from '#lib/api/respond.ts';
import { VERSION } from '#lib/core/version.ts';
import { describeErrors, errorBody, errorStatuses } from './errors.ts';
import { type OperationObject, operationObject } from './operation-object.ts';
import { type JsonSchema, schemaCollector } from './schemas.ts';

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** What a `route.ts` exports. */
export type RouteModule = Partial<Record<HttpMethod, Handler>>;

/** Routes of one subject, by their path as the folders say: `/api/jobs/[id]`. */
export interface Section {
  readonly name: string;
  readonly description: string;
  readonly routes: Readonly<Record<string, RouteModule>>;
}

/** An OpenAPI 3.1 document, as far as ours go. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly securitySchemes: unknown;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, { readonly description: string }>>;
  };
}

/** How a caller says who they are. */
const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ent_…',
    description:
      'An API key of a workspace, made under Settings → API keys, with one scope: read, write or admin.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'sb-auth-token',
    description:
      'The session of a signed-in browser. Whoever belongs to several workspaces names one by its id in the header `Entrepot-Workspace`.',
  },
};

/** Assembles the document from what the handlers carry; throws where two operations share a summary. */
export function openApiDocument(
  sections: readonly Section[],
  { url, description }: { readonly url: string; readonly description: string },
): OpenApiDocument {
  const schemas = schemaCollector();
  const error = schemas.of(errorBody, 'output');
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const { name, routes } of sections) {
    for (const [path, module] of Object.entries(routes)) {
      const documented = operationsOf(path, module, name, schemas);
      if (Object.keys(documented).length > 0) paths[templateOf(path)] = documented;
    }
  }
  refuseDuplicates(paths);
  return {
    openapi: '3.1.0',
    info: { title: 'Entrepot', version: VERSION, description },
    servers: [{ url }],
    tags: sections.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      securitySchemes,
      schemas: Object.fromEntries(schemas.named),
      responses: Object.fromEntries(
        [...errorStatuses].map(([status, codes]) => [
          `Error${status}`,
          { description: describeErrors(codes), content: { 'application/json': { schema: error } } },
        ]),
      ),
    },
  };
}

/** `/api/jobs/{id}` for `/api/jobs/[id]`. */
export function templateOf(path: string): string {
  return path.replaceAll(/\[(\w+)\]/g, '{$1}');
}

function operationsOf(
  path: string,
  module: RouteModule,
  tag: string,
  schemas: ReturnType<typeof schemaCollector>,
): Record<string, OperationObject> {
  const operations: Record<string, OperationObject> = {};
  for (const method of httpMethods) {
    const operation = module[method]?.operation;
    if (!operation) continue;
    operations[method.toLowerCase()] = operationObject({ method, path, tag, operation }, schemas);
  }
  return operations;
}

function refuseDuplicates(paths: OpenApiDocument['paths']): void {
  const ids = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice) throw new Error(`Two operations are called ${twice}: change the summary of one.`);
}
