import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditActions } from '#lib/workspaces/audit-actions.ts';

const root = join(import.meta.dirname, '../../..');
const written = [
  ...actionsIn('lib/**/*.ts', /\baudit\(\s*\w+,\s*'([a-z_]+\.[a-z_]+)'/g),
  ...actionsIn('supabase/migrations/*.sql', /insert into public\.audit_log[^;]*?'([a-z_]+\.[a-z_]+)'/g),
];

function actionsIn(files: string, pattern: RegExp): string[] {
  return globSync(files, { cwd: root })
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)])
    .flatMap(([, action]) => action ?? []);
}

it('every action that is written has words, and no other', () => {
  expect([...new Set(written)].sort()).toEqual(Object.keys(auditActions).sort());
});
