import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProblem } from './problem.ts';
import { endProcess, isRunning, type KnownProcess, knownProcess } from './processes.ts';

/** What this folder's stack runs: the supervisor and its children. */
type Role = 'supervisor' | 'postgres' | 'web' | 'jobs';
type Record = Partial<{ [R in Role]: KnownProcess }>;

/** How each child is asked to end; Postgres takes INT as "roll back and close". */
const signals = { web: 'SIGTERM', jobs: 'SIGTERM', postgres: 'SIGINT' } as const;
const GRACE_MS = 10_000;

/** Remembers a process in the folder, so that a later start can end it where this one could not. */
export function remember(folder: string, role: Role, pid: number): void {
  const known = knownProcess(pid);
  if (known) writeFileSync(file(folder), JSON.stringify({ ...recall(folder), [role]: known }, null, 2));
}

export function forgetAll(folder: string): void {
  rmSync(file(folder), { force: true });
}

/**
 * Ends what a supervisor that was killed has left running; returns what that was. Throws when the supervisor
 * itself still runs.
 */
export async function endLeftovers(folder: string): Promise<Role[]> {
  const { supervisor, ...children } = recall(folder);
  if (supervisor && isRunning(supervisor)) {
    throw new LocalProblem(
      `Entrepot already runs from this folder (process ${supervisor.pid}): stop that one first.`,
    );
  }
  const ended: Role[] = [];
  for (const role of ['web', 'jobs', 'postgres'] as const) {
    const child = children[role];
    if (!child || !isRunning(child)) continue;
    await endProcess(child, signals[role], GRACE_MS);
    ended.push(role);
  }
  forgetAll(folder);
  return ended;
}

function recall(folder: string): Record {
  return existsSync(file(folder)) ? JSON.parse(readFileSync(file(folder), 'utf8')) : {};
}

function file(folder: string): string {
  return join(folder, 'processes.json');
}
