import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endLeftovers, remember } from '#supabase/local/leftovers.ts';
import { isRunning, knownProcess } from '#supabase/local/processes.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-leftovers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function startSleeper(): Promise<{ pid: number; ended: Promise<unknown> }> {
  const child = spawn('sleep', ['300'], { stdio: 'ignore' });
  await once(child, 'spawn');
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid: child.pid ?? 0, ended: once(child, 'exit') };
}

describe('what a killed start has left running', () => {
  it('is ended by the next start', async () => {
    const folder = await makeFolder();
    const sleeper = await startSleeper();
    remember(folder, 'web', sleeper.pid);
    expect(await endLeftovers(folder)).toEqual(['web']);
    await sleeper.ended;
    expect(await endLeftovers(folder)).toEqual([]);
  });

  it('is left alone when its supervisor still runs', async () => {
    const folder = await makeFolder();
    const sleeper = await startSleeper();
    remember(folder, 'supervisor', process.pid);
    remember(folder, 'web', sleeper.pid);
    await expect(endLeftovers(folder)).rejects.toThrow(`process ${process.pid}`);
    expect(knownProcess(sleeper.pid)).toBeDefined();
  });

  it('is never mistaken for a later process that was given its id', async () => {
    const { pid } = await startSleeper();
    const known = knownProcess(pid);
    expect(known && isRunning(known)).toBe(true);
    expect(isRunning({ pid, startedAt: '1' })).toBe(false);
  });
});
