import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { type ExportInput, exportDefinition } from '#lib/exports/definition.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { createExport, duplicateExport, getExport } from '#lib/exports/exports.ts';
import { countPausedExports, resumeExports } from '#lib/workspaces/members.ts';
import { join, signUp } from '#tests/support/people.ts';
import { insertRow } from './arrange.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
let member: Session;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
  const { userId } = await signUp(ground.admin);
  member = await join(ground.admin, userId, ground.session.workspaceId, 'editor');
});

const refused = {
  code: 'forbidden',
  message: expect.stringMatching(/owner of this export may no longer.*hand it over.*Settings, Members/),
};

async function definedByMember(definition: object): Promise<string> {
  const full = exportDefinition.parse({ name: 'theirs', dataset: dataset.name, ...definition });
  return (await createExport(member, full)).id;
}

/** What is known of what the export has delivered. */
async function delivered(exportId: string): Promise<unknown> {
  const { rows } = await ground.admin.query(
    `select (select revision from export_watermarks where export_id = $1) as watermark,
       (select array_agg(l.cells order by row_key) from export_ledger l where export_id = $1) as ledger,
       (select count(*) from export_changes where export_id = $1) as noted,
       (select count(*) from artifacts where export_id = $1) as artifacts`,
    [exportId],
  );
  return rows[0];
}

describe.each(['full', 'incremental', 'diff'])('an export in mode %s', (mode) => {
  it('is refused, and writes nothing, once its owner is a viewer, until it is handed over', async () => {
    const id = await definedByMember({ mode, columns: [{ source: 'code' }] });
    await ground.textOf(id);
    await insertRow(ground.session, dataset, ['late', '1']);
    await join(ground.admin, member.userId, member.workspaceId, 'viewer');
    const before = await delivered(id);
    ground.s3.objects.clear();
    const { status, error } = await ground.runToEnd(id);
    expect({ status, error }).toMatchObject({ status: 'failed', error: refused });
    expect(await delivered(id)).toEqual(before);
    expect([...ground.s3.objects.keys()]).toEqual([]);
    expect(await countPausedExports(ground.session)).toBe(1);
    await resumeExports(ground.session, ground.session.userId);
    expect(await ground.textOf(id)).toContain('late');
    expect(await countPausedExports(ground.session)).toBe(0);
  });
});

it('an export whose owner’s account is gone is refused until it is handed over', async () => {
  const id = await definedByMember({});
  await ground.admin.query('delete from auth.users where id = $1', [member.userId]);
  expect((await ground.runToEnd(id)).error).toMatchObject(refused);
  await resumeExports(ground.session, ground.session.userId);
  expect(await ground.textOf(id)).toContain('b,2.50');
});

describe('personal data that an owner has chosen to show', () => {
  const show = { personal: 'show' } as const;
  const shown: Partial<ExportInput> = {
    ...show,
    columns: [{ source: 'code', ...show }, { source: 'amount' }],
    format: { type: 'xlsx' },
  };
  const masked = { columns: [{ source: 'code' }, { source: 'amount' }] };
  const choice = ({ personal, columns, tables }: ExportView) => ({ personal, columns, tables });
  const actions = async (exportId: string) => {
    const { rows } = await ground.admin.query('select action from audit_log where target_id = $1', [
      exportId,
    ]);
    return rows.map(({ action }) => action);
  };

  it('are masked again for whoever takes the export over, and the trail says so', async () => {
    const further = { name: 'More', dataset: dataset.name, columns: [{ source: 'code', ...show }] };
    const id = await definedByMember({ ...shown, tables: [further] });
    await join(ground.admin, member.userId, member.workspaceId, 'viewer');
    expect(await getExport(ground.session, id)).toMatchObject(show);
    await resumeExports(ground.session, ground.session.userId);
    expect(choice(await getExport(ground.session, id))).toEqual({
      ...{ personal: undefined, ...masked },
      tables: [{ ...further, sort: [], columns: [{ source: 'code' }] }],
    });
    expect(await actions(id)).toContain('export.masked');
  });

  it('stay as they are in what shows none, of which the trail says nothing', async () => {
    const id = await definedByMember(masked);
    await join(ground.admin, member.userId, member.workspaceId, 'viewer');
    const before = await getExport(ground.session, id);
    await resumeExports(ground.session, ground.session.userId);
    expect(choice(await getExport(ground.session, id))).toEqual(choice(before));
    expect(await actions(id)).not.toContain('export.masked');
  });

  it('are masked in another’s copy, and shown in the owner’s own', async () => {
    const id = await definedByMember(shown);
    expect(choice(await duplicateExport(ground.session, id))).toMatchObject(masked);
    expect(await duplicateExport(ground.session, id)).not.toMatchObject(show);
    expect(await duplicateExport(member, id)).toMatchObject({ ...show, columns: shown.columns });
  });
});
