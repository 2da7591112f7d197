import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import type { ActionResult } from '#lib/api/action.ts';

const root = join(import.meta.dirname, '../..');

/** One server action of the build. */
export interface ServerAction {
  readonly id: string;
  /** Its file and its name in there: `exports/actions.ts run`. */
  readonly name: string;
  /** A page that can send it, as the folders say: `/exports/[id]`. */
  readonly page: string;
}

/** What came of a sent action: its result, or whither it leads. */
export interface Sent {
  readonly result?: ActionResult<unknown>;
  readonly redirect?: string;
  readonly text: string;
}

interface Manifest {
  readonly node: Readonly<
    Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>
  >;
}

/** Every server action that the build serves. */
export function serverActions(): ServerAction[] {
  const manifest = readFileSync(join(root, '.next/server/server-reference-manifest.json'), 'utf8');
  return Object.entries((JSON.parse(manifest) as Manifest).node).map(([id, action]) => ({
    id,
    name: `${withoutGroups(action.filename.replace(/^app\//, ''))} ${action.exportedName}`,
    page: withoutGroups(Object.keys(action.workers)[0] ?? '').replace(/^app|\/page$/g, ''),
  }));
}

/** A path without the folders that only group: `(dashboard)/`. */
export function withoutGroups(path: string): string {
  return path.replaceAll(/\(\w+\)\//g, '');
}

/** Sends an action to a page as a browser does. */
export async function send(
  request: APIRequestContext,
  page: string,
  id: string,
  input: unknown,
): Promise<Sent> {
  const response = await request.post(page, {
    headers: { accept: 'text/x-component', 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
    data: Buffer.from(JSON.stringify([input])),
    maxRedirects: 0,
  });
  const text = await response.text();
  const headers = response.headers();
  const redirect = headers['x-action-redirect'] ?? headers.location;
  const line = /^\w+:(\{"ok":.*\})$/m.exec(text)?.[1];
  return {
    text,
    ...(line && { result: JSON.parse(line) as ActionResult<unknown> }),
    ...(redirect && { redirect }),
  };
}
