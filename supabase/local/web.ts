import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalProblem } from './problem.ts';
import { endProcess, knownProcess } from './processes.ts';

const root = join(import.meta.dirname, '../..');
/**
 * As `npm run serve` has it: left to itself V8 widens its young generation by some 40 MB once files are written, and
 * lets garbage grow to three times what is live where it may have more than this. What builds pages needs more.
 */
const HEAP = {
  start: ['--max-semi-space-size=16', '--max-old-space-size=1024'],
  dev: ['--max-semi-space-size=16'],
};
const STOP_GRACE_MS = 8_000;
const HEALTH_PATIENCE_MS = 60_000;

export interface WebServer {
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface WebOptions {
  /** `start` serves the last build, `dev` what the sources say at the moment. */
  readonly mode: 'start' | 'dev';
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** Serves the application on 127.0.0.1, its log going to a file. */
export function startWeb({ mode, port, environment, logFile }: WebOptions): WebServer {
  const next = join(root, 'node_modules/next/dist/bin/next');
  const log = openSync(logFile, 'w');
  const nodeEnv = mode === 'dev' ? 'development' : 'production';
  // A group of its own: Ctrl-C must not cut it off from the parts it still uses.
  const child = spawn(process.execPath, [...HEAP[mode], next, mode, '-H', '127.0.0.1', '-p', String(port)], {
    cwd: root,
    env: { ...process.env, ...environment, NODE_ENV: nodeEnv },
    detached: true,
    stdio: ['ignore', log, log],
  });
  return { pid: child.pid ?? 0, ended: once(child, 'exit').then(() => {}), stop: () => stop(child) };
}

/** Resolves when /api/health says that all is well; throws with what it says when it does not in a minute. */
export async function untilHealthy(appUrl: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + HEALTH_PATIENCE_MS;
  let answer = 'it does not answer';
  while (Date.now() < deadline && !signal.aborted) {
    const response = await fetch(`${appUrl}/api/health`, { signal }).catch(() => undefined);
    if (response?.ok) return;
    if (response) answer = `${response.status} ${(await response.text()).slice(0, 500)}`;
    await sleep(200);
  }
  throw new LocalProblem(`The web server is not healthy: ${answer}`);
}

async function stop(child: ChildProcess): Promise<void> {
  const known = knownProcess(child.pid ?? 0);
  if (known) await endProcess(known, 'SIGTERM', STOP_GRACE_MS);
}
