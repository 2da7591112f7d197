import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { createFromTemplate } from '#lib/exports/templates/from-template.ts';
import { fromTemplate, newTemplate } from '#lib/exports/templates/schema.ts';
import {
  copyTemplate,
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  updateTemplate,
} from '#lib/exports/templates/templates.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { join, signUp } from '#tests/support/people.ts';

const columns: Column[] = [
  { name: 'code', type: 'text' },
  { name: 'amount', type: 'decimal' },
];

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, [['a', '1']]);
});
afterAll(() => ground.close());

const definition = () => ({
  dataset: dataset.name,
  columns: [{ source: 'code' }, { source: 'amount' }],
  filter: { field: 'code', op: 'eq', value: 'a' },
  format: { type: 'csv' },
});
const code = { field: 'code', type: 'text', default: 'a', sets: [{ path: 'filter.value' }] };
const amounts = {
  field: 'amounts',
  type: 'boolean',
  default: true,
  sets: [{ path: 'columns.1', values: { false: null } }],
};
const keep = (given: object = {}) =>
  createTemplate(
    ground.session,
    newTemplate.parse({ name: 'Codes', definition: definition(), customizations: [code, amounts], ...given }),
  );
const apply = (given: object) => createFromTemplate(ground.session, fromTemplate.parse(given));

describe('a template', () => {
  it('is kept with what it needs, and found among those that come along', async () => {
    const made = await keep({ formats: ['xlsx', 'csv'] });
    expect(made).toMatchObject({ builtin: false, formats: ['csv', 'xlsx'], needs: ['code', 'amount'] });
    const { items } = await listTemplates(ground.session);
    expect(items.find(({ id }) => id === made.id)).toEqual(made);
    expect(items[0]).toMatchObject({ builtin: true, id: 'stock-list' });
  });

  it('is made of an export, whose every option it keeps', async () => {
    const full = exportDefinition.parse({
      ...definition(),
      name: 'Export',
      compression: 'zip',
      split: { rows: 5 },
    });
    const { id: exportId } = await createExport(ground.session, full);
    const made = await createTemplate(ground.session, newTemplate.parse({ name: 'Of it', exportId }));
    const { name: _, ...kept } = full;
    expect(made).toMatchObject({ name: 'Of it', definition: kept });
  });

  it('is listed for a dataset that has its columns alone', async () => {
    const other = await ground.dataset([{ name: 'code', type: 'text' }], []);
    const idsFor = async (name: string) =>
      (await listTemplates(ground.session, { dataset: name })).items.map(({ id }) => id);
    const { id } = await keep();
    expect(await idsFor(dataset.name)).toContain(id);
    expect(await idsFor(other.name)).not.toContain(id);
    expect(await idsFor('vendors')).toEqual(['vendor-list']);
    expect(await idsFor('none')).toEqual([]);
  });

  it('is changed by a merge, unless it has changed since it was read', async () => {
    const before = await keep();
    const after = await updateTemplate(
      ground.session,
      before.id,
      { description: 'New' },
      `"${before.updatedAt}"`,
    );
    expect(after).toMatchObject({ name: 'Codes', description: 'New', customizations: before.customizations });
    await expect(
      updateTemplate(ground.session, before.id, { name: 'Late' }, `"${before.updatedAt}"`),
    ).rejects.toMatchObject({ code: 'version_mismatch' });
  });

  it('is not there once it is deleted, though its exports are', async () => {
    const { id } = await keep();
    const made = await apply({ template: id });
    await deleteTemplate(ground.session, id);
    await expect(getTemplate(ground.session, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(made.name).toBe('Codes');
  });

  it('that comes along cannot be changed or deleted', async () => {
    await expect(updateTemplate(ground.session, 'stock-list', {})).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(deleteTemplate(ground.session, 'stock-list')).rejects.toMatchObject({ code: 'conflict' });
    await expect(updateTemplate(ground.session, 'no-such', {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of those that come along is copied, to be changed', async () => {
    const made = await copyTemplate(ground.session, 'vendor-list');
    const { id: _, name, builtin, createdAt: _c, updatedAt: _u, ...rest } = made;
    expect({ name, builtin }).toEqual({ name: 'Vendor list copy', builtin: false });
    expect(await getTemplate(ground.session, 'vendor-list')).toMatchObject(rest);
    const customizations = made.customizations.slice(1);
    expect(await updateTemplate(ground.session, made.id, { customizations })).toMatchObject({
      customizations,
    });
    await expect(copyTemplate(ground.session, 'no-such')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('names the answer that makes no export', async () => {
    const path = 'format.options.thousandsSeparator';
    const separator = {
      field: 'separator',
      type: 'select',
      options: ['', '.'],
      default: '',
      sets: [{ path }],
    };
    await expect(keep({ customizations: [code, separator] })).rejects.toMatchObject({
      fields: { 'customizations.1.options': expect.stringContaining('what "." gives') },
    });
  });

  it.each([
    [[{ ...code, sets: [{ path: 'columns.7.header' }] }], 'customizations.0.sets'],
    [
      [code, { ...amounts, sets: [{ path: 'format.options.bom', values: { false: 'no' } }] }],
      'customizations.1.sets',
    ],
    [[{ ...code, sets: [{ path: 'nothing' }] }], 'customizations.0.sets'],
  ])('is refused where what it offers makes no export: %j', async (customizations, field) => {
    await expect(keep({ customizations })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    });
  });

  it.each([
    [{ ...code, default: 7 }],
    [{ ...code, type: 'select' }],
    [{ ...code, type: 'select', options: ['b'] }],
    [{ ...code, options: ['a'] }],
    [{ ...code, type: 'date', default: 'today' }],
    [{ ...code, sets: [{ path: '__proto__.x' }] }],
    [{ ...code, sets: [{ path: 'dataset' }] }],
    [{ ...code, sets: [{ path: 'name' }] }],
    [{ ...code, sets: [] }],
  ])('cannot have the customization %j', (customization) => {
    const given = { name: 'x', definition: definition(), customizations: [customization] };
    expect(newTemplate.safeParse(given).success).toBe(false);
  });

  it('shows no personal data that nobody who applies it has chosen to show', async () => {
    const show = { personal: 'show' };
    const shown = {
      ...definition(),
      ...show,
      columns: [{ source: 'code', ...show }],
      tables: [{ name: 'More', dataset: dataset.name, columns: [{ source: 'code', ...show }] }],
    };
    const masked = { columns: [{ source: 'code' }], tables: [{ columns: [{ source: 'code' }] }] };
    const full = exportDefinition.parse({ ...shown, name: 'Export' });
    const { id: exportId } = await createExport(ground.session, full);
    const made = await createTemplate(ground.session, newTemplate.parse({ name: 'Of it', exportId }));
    const given = await createTemplate(ground.session, newTemplate.parse({ name: 'x', definition: shown }));
    const changed = await updateTemplate(ground.session, given.id, { definition: shown });
    for (const kept of [made, given, changed]) {
      expect(kept.definition).toMatchObject(masked);
      expect(JSON.stringify(await apply({ template: kept.id }))).not.toContain('show');
    }
  });

  it('shows personal data where who applies it chooses so', async () => {
    const shows = {
      field: 'names',
      type: 'boolean',
      default: false,
      sets: [{ path: 'personal', values: { true: 'show' } }],
    };
    const { id } = await keep({ customizations: [shows] });
    expect((await apply({ template: id })).personal).toBeUndefined();
    expect(await apply({ template: id, values: { names: true } })).toMatchObject({ personal: 'show' });
  });

  it('of another workspace is not there, and a viewer makes none', async () => {
    const { id } = await keep();
    const stranger = await signUp(ground.admin);
    await expect(getTemplate(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listTemplates(stranger)).items.every(({ builtin }) => builtin)).toBe(true);
    const viewer = await signUp(ground.admin);
    await join(ground.admin, viewer.userId, ground.session.workspaceId, 'viewer');
    const session = { ...ground.session, userId: viewer.userId, role: 'viewer' } as typeof ground.session;
    await expect(
      createTemplate(session, newTemplate.parse({ name: 'x', definition: definition() })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an export from a template', () => {
  it('has the defaults where nothing is chosen, and what is chosen where something is', async () => {
    const { id } = await keep({ formats: ['json'] });
    expect(await apply({ template: id })).toMatchObject({
      ...definition(),
      name: 'Codes',
      format: { type: 'csv' },
    });
    const chosen = { name: 'Mine', format: 'json', values: { code: 'b', amounts: false } };
    expect(await apply({ template: id, ...chosen })).toMatchObject({
      name: 'Mine',
      columns: [{ source: 'code' }],
      filter: { value: 'b' },
      format: { type: 'json' },
    });
  });

  it('goes over another dataset that has the columns, and says which one lacks', async () => {
    const { id } = await keep();
    const twin = await ground.dataset(columns, []);
    expect(await apply({ template: id, dataset: twin.name })).toMatchObject({ dataset: twin.name });
    const poorer = await ground.dataset([{ name: 'code', type: 'text' }], []);
    await expect(apply({ template: id, dataset: poorer.name })).rejects.toMatchObject({
      code: 'invalid',
      fields: { dataset: `"${poorer.name}" lacks "amount", which the template needs` },
    });
    const without = { template: id, dataset: poorer.name, values: { amounts: false } };
    expect(await apply(without)).toMatchObject({ dataset: poorer.name });
  });

  it.each([
    [{ format: 'parquet' }, 'format'],
    [{ values: { gone: 1 } }, 'values.gone'],
    [{ values: { amounts: 'yes' } }, 'values.amounts'],
    [{ values: { code: 3 } }, 'values.code'],
    [{ dataset: 'none' }, 'dataset'],
  ])('is refused with %j', async (given, field) => {
    const { id } = await keep();
    await expect(apply({ template: id, ...given })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    });
  });

  it('needs a template that is there', async () => {
    await expect(apply({ template: 'no-such' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
