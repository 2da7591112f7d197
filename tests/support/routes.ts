import { globSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Handler } from '#lib/api/respond.ts';

/** One method of one `route.ts` below `app/`. */
export interface Route {
  readonly method: string;
  /** As the folders say: `/api/jobs/[id]`. */
  readonly path: string;
  readonly handler: Handler;
}

const app = join(import.meta.dirname, '../../app');
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every route of the API, as the file system has them. */
export async function loadRoutes(): Promise<Route[]> {
  const files = globSync('api/**/route.ts', { cwd: app });
  return (await Promise.all(files.map(loadFile))).flat();
}

async function loadFile(file: string): Promise<Route[]> {
  const exported = (await import(join(app, file))) as Record<string, Handler>;
  const path = `/${file.split(sep).slice(0, -1).join('/')}`;
  return methods.flatMap((method) => {
    const handler = exported[method];
    return handler ? [{ method, path, handler }] : [];
  });
}

/** Calls the handler of the request's method and path as Next would: a fixed segment before a parameter. */
export async function dispatch(routes: readonly Route[], request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const found = routes
    .filter(({ method }) => method === request.method)
    .map((route) => ({ route, params: match(route.path, pathname) }))
    .filter(({ params }) => params !== undefined)
    .sort((a, b) => generality(a.route) - generality(b.route))[0];
  if (!found) return new Response(null, { status: 405 });
  return found.route.handler(request, { params: Promise.resolve(found.params ?? {}) });
}

function match(path: string, pathname: string): Record<string, string> | undefined {
  const pattern = path.replace('/[[...path]]', '(?:/.*)?').replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(pathname);
  if (!found) return undefined;
  const named = Object.entries(found.groups ?? {});
  return Object.fromEntries(named.map(([name, value]) => [name, decodeURIComponent(value)]));
}

function generality({ path }: Route): number {
  return path.includes('[[') ? Number.POSITIVE_INFINITY : path.split('[').length;
}
