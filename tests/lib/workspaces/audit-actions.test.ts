import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditActions } from '#lib/workspaces/audit-actions.ts';

const root = join(import.meta.dirname, '../../..');
const written = [
  ...actionsIn('lib/**/*.ts', /\baudit\([^{};]*/g),
  ...actionsIn('supabase/migrations/*.sql', /insert into public\.audit_log[^;]*/g),
];

/** Every `noun.verbed` that is quoted in a statement of that form. */
function actionsIn(files: string, statement: RegExp): string[] {
  return globSync(files, { cwd: root })
    .flatMap((file) => readFileSync(join(root, file), 'utf8').match(statement) ?? [])
    .flatMap((found) => [...found.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action]) => String(action)));
}

it('every action that is written has words, and no other', () => {
  expect([...new Set(written)].sort()).toEqual(Object.keys(auditActions).sort());
});
