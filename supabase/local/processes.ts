import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be told from a later one with the same id. */
export interface KnownProcess {
  readonly pid: number;
  /** When it began, in the kernel's ticks since boot. */
  readonly startedAt: string;
}

/** The running process of that id; undefined where there is none, or no /proc to ask. */
export function knownProcess(pid: number): KnownProcess | undefined {
  const fields = readStat(pid);
  // Of the fields after the name, the first is the state (Z: ended already) and the twentieth the start.
  const startedAt = fields?.[19];
  return startedAt === undefined || fields?.[0] === 'Z' ? undefined : { pid, startedAt };
}

/** Whether exactly that process still runs, and not another that was given its id. */
export function isRunning({ pid, startedAt }: KnownProcess): boolean {
  return knownProcess(pid)?.startedAt === startedAt;
}

/** Asks the process to end by `signal`, and makes it end when it has not after `graceMs`. */
export async function endProcess(
  known: KnownProcess,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  if (isRunning(known)) process.kill(known.pid, signal);
  for (const deadline = Date.now() + graceMs; isRunning(known) && Date.now() < deadline; ) await sleep(50);
  if (isRunning(known)) process.kill(known.pid, 'SIGKILL');
}

function readStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
