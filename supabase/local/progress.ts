import { LocalProblem } from './problem.ts';

/** Runs one step of the start and tells the person waiting how long it took. */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  process.stdout.write(`  ${name} …`);
  try {
    const result = await work();
    process.stdout.write(` ${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('\n');
    throw error;
  }
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What a person can mend in its own words, the rest with the stack that finds it. */
export function report(error: unknown): void {
  const text =
    error instanceof LocalProblem ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
}
