import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ground } from './ground.ts';
import type { Measured, Task } from './tasks/registry.ts';

const child = join(import.meta.dirname, 'child.ts');

/**
 * Does each of the tasks once a round, one after another, so that what else the machine does falls on all of
 * them alike. Gives by a task's JSON what it measured in each of the rounds.
 */
export async function measureAll(
  ground: Ground,
  tasks: readonly Task[],
  { rounds, signal }: { readonly rounds: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const distinct = new Set(tasks.map((task) => JSON.stringify(task)));
  const runs = new Map([...distinct].map((task): [string, Measured[]] => [task, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [task, measured] of runs) {
      process.stderr.write(`round ${round} of ${rounds}: ${task}\n`);
      measured.push(await measure(ground, task, signal));
    }
  }
  return runs;
}

async function measure(ground: Ground, task: string, signal: AbortSignal): Promise<Measured> {
  // The heap is as narrow as that of the server (`npm run serve`).
  const heap = ['--max-semi-space-size=16', '--max-old-space-size=1024'];
  const program = [...heap, child, JSON.stringify(ground), task];
  const { stdout } = await promisify(execFile)(process.execPath, program, { signal });
  return JSON.parse(stdout);
}
