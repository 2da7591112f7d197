import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProblem } from './problem.ts';

const root = join(import.meta.dirname, '../..');

/** All that `next build` reads. */
const sources = [
  'app',
  'connectors',
  'instrumentation.ts',
  'lib',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'proxy.ts',
  'tsconfig.json',
];
/** In the build's own folder, which every other build empties. */
const mark = join(root, '.next/sources.sha256');

/** The digest of the sources when they differ from what was last built, else undefined. */
export function changedSources(): string | undefined {
  const digest = digestOf(sources.flatMap((source) => filesUnder(join(root, source))));
  const built = existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
  return digest === built ? undefined : digest;
}

/** Runs `next build` and, when it succeeds, remembers the digest of what it built. */
export async function build(digest: string, signal: AbortSignal): Promise<void> {
  const next = join(root, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new LocalProblem(`next build failed:\n${output.trim()}`);
  writeFileSync(mark, digest);
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
