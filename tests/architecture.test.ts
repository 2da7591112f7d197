import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, readSourceFiles, type SourceFile } from '#tests/support/source-files.ts';

const root = join(import.meta.dirname, '..');
const files = readSourceFiles();

const vocabulary = ['lib/core/**'];
const base = [...vocabulary, 'lib/env.ts', 'lib/log.ts'];
const contract = 'connectors/contract.ts';
const ground = [...base, 'lib/db/**', 'lib/http/**'];
const platform = [
  ...ground,
  'lib/{auth,datasets,jobs,secrets,storage}/**',
  'connectors/{contract,definitions,registry}.ts',
];

/** Who may import what of ours, beside its own room; the first line that matches a file counts. */
const rooms: readonly (readonly [room: string, may: readonly string[]])[] = [
  ['app/**', ['app/**', 'lib/**', 'connectors/definitions.ts']],
  ['lib/core/**', []],
  ['lib/env.ts', []],
  ['lib/log.ts', ['lib/env.ts']],
  ['lib/mail.ts', base],
  ['lib/db/**', base],
  ['lib/http/**', [...base, contract, 'lib/db/**']],
  ['lib/{auth,secrets,storage}/**', ground],
  ['lib/datasets/**', [...ground, contract]],
  ['lib/api/**', [...ground, 'lib/auth/**', 'lib/secrets/cipher.ts']],
  ['lib/health.ts', [...ground, 'lib/storage/**']],
  ['lib/jobs/registry.ts', ['lib/{jobs,sync,exports}/**']],
  ['lib/jobs/**', [...ground, 'lib/jobs/registry.ts']],
  ['lib/sources/**', platform],
  ['lib/sync/**', [...platform, 'lib/mail.ts', 'lib/sources/**']],
  ['lib/exports/formats/**', vocabulary],
  ['lib/exports/destinations/**', [...vocabulary, 'lib/http/**']],
  ['lib/exports/**', [...platform, 'lib/exports/{formats,destinations}/**']],
  ['lib/{schedules,workspaces}/**', [...platform, 'lib/mail.ts', 'lib/{exports,sources,sync}/**']],
  ['connectors/definitions.ts', [contract, 'connectors/*/definition.ts']],
  ['connectors/registry.ts', [contract, ...vocabulary, 'connectors/*/connector.ts']],
  [
    'connectors/**',
    [
      contract,
      ...vocabulary,
      'lib/http/**',
      'connectors/{column-names,file-body,file-definition,file-pages,paging}.ts',
    ],
  ],
  ['supabase/local/**', ['lib/**', 'tests/support/**']],
  ['tests/**', ['**']],
  ['*.ts', ['lib/**']],
];

/** Doors that stay shut although the room around them is open. */
const shut: readonly (readonly [from: string, to: string])[] = [
  ['app/**', 'lib/db/as-service.ts'],
  ['app/**', 'lib/secrets/**'],
];

/** Where Next may be known, so that all else runs in a test or elsewhere without it. */
const knowNext = ['app/**', 'lib/{api,auth}/**', '{proxy,instrumentation,next.config}.ts'];

/** Who reads process.env beside lib/env.ts, and why. */
const readEnvironment: Readonly<Record<string, string>> = {
  'lib/env.ts': 'the one reader',
  'supabase/local/**': 'makes the environment that the application is started with',
  'tests/**': 'arranges the environment that the application is tested with',
};

const FILE_LINES = 300;
const FUNCTION_LINES = 60;

const topLevel = [
  '{.ci,app,connectors,lib,supabase,tests,.git}',
  '{package,package-lock,tsconfig,biome,knip,vercel}.json',
  '{next.config,vitest.config,proxy,instrumentation,instrumentation-client}.ts',
  '{README.md,LICENSE,.env.example,.gitignore}',
];

describe('the tree', () => {
  it('has nothing at its top but what is named here', () => {
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
    const known = [...topLevel, ...ignored.map((line) => line.replace(/\/$/, ''))];
    expect(readdirSync(root).filter((entry) => !matches(entry, known))).toEqual([]);
  });

  it('knows a room for every file', () => {
    expect(files.filter(({ path }) => !roomOf(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('imports', () => {
  it('go down the rooms only', () => {
    const wrong = eachImport((file, { ours, target }) => ours && !mayImport(file.path, target));
    expect(wrong).toEqual([]);
  });

  it('of Next stay where requests are answered', () => {
    const wrong = eachImport(
      ({ path }, { target }) => /^next(\/|$)/.test(target) && !matches(path, knowNext),
    );
    expect(wrong).toEqual([]);
  });

  it('of a connector’s definition are safe for a browser: zod, other definitions and types', () => {
    const definition = ['connectors/**/*definition.ts'];
    const wrong = eachImport(
      ({ path }, { target, typeOnly }) =>
        matches(path, definition) && !typeOnly && !matches(target, ['zod', ...definition]),
    );
    expect(wrong).toEqual([]);
  });

  it('never climb, and name the file with its extension', () => {
    const plain = /^(#|\.\/)(?!.*\.\.\/).+\.(ts|tsx|css)$/;
    expect(eachImport((_file, { ours, written }) => ours && !plain.test(written))).toEqual([]);
  });
});

describe('files and functions', () => {
  it(`are no longer than ${FILE_LINES} and ${FUNCTION_LINES} lines`, () => {
    const longFiles = files
      .filter(({ lines }) => lines > FILE_LINES)
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    const longFunctions = files.flatMap(({ path, functions }) =>
      functions
        .filter(({ lines }) => lines > FUNCTION_LINES)
        .map(({ name, line, lines }) => `${path}:${line} ${name}: ${lines} lines`),
    );
    expect([...longFiles, ...longFunctions]).toEqual([]);
  });

  it('read the environment through lib/env.ts', () => {
    const wrong = files.filter(
      (file) => file.usesProcessEnv && !matches(file.path, Object.keys(readEnvironment)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('use no any and switch no check off', () => {
    const switches = /\b(eslint-disable|biome-ignore)\b|@ts-(ignore|nocheck)\b/;
    const own = 'tests/architecture.test.ts';
    const wrong = files.filter(({ path, usesAny, text }) => usesAny || (path !== own && switches.test(text)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(path, glob));
}

/** The room a file stands in: its rule, and the folder that tells one vendor's room from another's. */
function roomOf(path: string): { name: string; may: readonly string[] } | undefined {
  const rule = rooms.find(([glob]) => matchesGlob(path, glob));
  return rule && { name: `${rule[0]} ${path.split('/').slice(0, 2).join('/')}`, may: rule[1] };
}

function mayImport(from: string, to: string): boolean {
  const room = roomOf(from);
  if (!room || shut.some(([door, beyond]) => matchesGlob(from, door) && matchesGlob(to, beyond)))
    return false;
  return room.name === roomOf(to)?.name || matches(to, room.may);
}

/** Every import that `isWrong`, as a line to read. */
function eachImport(isWrong: (file: SourceFile, each: Import) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((each) => isWrong(file, each))
      .map(({ written }) => `${file.path} imports ${written}`),
  );
}
