import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataset, listDatasets, updateDataset } from '#lib/datasets/datasets.ts';
import { viewSchema } from '#lib/datasets/schema.ts';
import { unregisterView } from '#lib/datasets/unregister.ts';
import { asMember } from '#lib/db/as-member.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport, deleteExport } from '#lib/exports/exports.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { join, signUp } from '#tests/support/people.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await freshGround();
  await ground.admin.query(`
    create view public.sellers with (security_invoker) as select workspace_id, vendor_id, name from public.vendors;
    grant select on public.sellers to entrepot_member`);
});
afterAll(() => ground.close());

let made = 0;
async function register(): Promise<string> {
  const name = `sellers_${++made}`;
  await createDataset(
    ground.session,
    viewSchema.parse({ kind: 'view', name, label: 'Sellers', view: 'public.sellers' }),
  );
  return name;
}

async function names(): Promise<string[]> {
  return (await listDatasets(ground.session)).items.map(({ name }) => name);
}

const columns = [{ source: 'name' }];
const exportOf = (name: string, query: object) =>
  createExport(ground.session, exportDefinition.parse({ name, ...query }));

describe('a view that is taken away', () => {
  it('leaves the list, stays in the database, can be registered again, and is in the audit trail', async () => {
    const name = await register();
    await unregisterView(ground.session, name);
    expect(await names()).not.toContain(name);
    await ground.admin.query('select from public.sellers');
    const { rows } = await ground.admin.query(
      `select details from audit_log where action = 'dataset.removed' and workspace_id = $1`,
      [ground.session.workspaceId],
    );
    expect(rows).toEqual([{ details: { name } }]);
    const view = { kind: 'view', name, label: 'Sellers', view: 'public.sellers' };
    expect(await createDataset(ground.session, viewSchema.parse(view))).toMatchObject({ name });
  });

  it.each([
    ['first', (dataset: string) => ({ dataset, columns })],
    [
      'further',
      (dataset: string) => ({ dataset: 'vendors', columns, tables: [{ name: 'More', dataset, columns }] }),
    ],
  ])('is kept as long as an export reads it as its %s table', async (which, query) => {
    const name = await register();
    const { id } = await exportOf(`By its ${which}`, query(name));
    await expect(unregisterView(ground.session, name)).rejects.toMatchObject({
      code: 'conflict',
      message: `"Sellers" is still read by the export "By its ${which}". Change or delete those first.`,
    });
    await deleteExport(ground.session, id);
    await unregisterView(ground.session, name);
  });

  it('is kept as long as a relation leads to it', async () => {
    const name = await register();
    const pair = { from: 'vendor_id', to: 'vendor_id' };
    const seller = {
      name: 'seller',
      dataset: name,
      kind: 'one' as const,
      columns: [pair],
      sameSource: false,
    };
    await updateDataset(ground.session, 'purchase_orders', { relations: [seller] });
    await expect(unregisterView(ground.session, name)).rejects.toThrow(
      'led to by relations of "Purchase orders"',
    );
    await updateDataset(ground.session, 'purchase_orders', { relations: [] });
    await unregisterView(ground.session, name);
  });

  it('must be one: what has rows of its own stays', async () => {
    await expect(unregisterView(ground.session, 'vendors')).rejects.toMatchObject({ code: 'conflict' });
    const { id } = await ground.dataset([{ name: 'sku', type: 'text' }], []);
    await asMember(ground.session, ({ client }) => client.query('select private.unregister_view($1)', [id]));
    const { rowCount } = await ground.admin.query('select from datasets where id = $1', [id]);
    expect(rowCount).toBe(1);
  });

  it('is taken away by editors of its workspace alone', async () => {
    const name = await register();
    const stranger = await signUp(ground.admin);
    await expect(unregisterView(stranger, name)).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await ground.admin.query('select id from datasets where name = $1', [name]);
    const forced = 'select private.unregister_view($1)';
    await asMember(stranger, ({ client }) => client.query(forced, [rows[0].id]));
    await join(ground.admin, stranger.userId, ground.session.workspaceId, 'viewer');
    const asViewer = { ...ground.session, actor: stranger.actor };
    await expect(unregisterView(asViewer, name)).rejects.toMatchObject({ code: '42501' });
    expect(await names()).toContain(name);
  });

  it('has not changed since it was read, where that is asked for', async () => {
    const name = await register();
    await expect(unregisterView(ground.session, name, '"2020-01-01T00:00:00Z"')).rejects.toMatchObject({
      code: 'version_mismatch',
    });
  });
});
