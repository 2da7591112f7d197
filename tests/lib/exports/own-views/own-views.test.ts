import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataset } from '#lib/datasets/datasets.ts';
import { type ViewInput, viewSchema } from '#lib/datasets/schema.ts';
import { read as readPdf } from '#tests/lib/exports/formats/pdf/arrange.ts';
import { readSheets } from '#tests/lib/exports/formats/xlsx/read-workbook.ts';
import { fetchFile, layRunGround, type RunGround } from '#tests/lib/exports/run-ground.ts';

/** What the three kinds of export are called, the view that each reads, and its fields with their labels. */
const kinds = {
  'Scope of Work': {
    view: 'app.scope_of_work_list',
    fields: {
      Services: 'services',
      'Scope Of Work Name': 'scope_name',
      'Uploaded By': 'uploaded_by',
      'Uploaded Date': 'uploaded_date',
      'Updated By': 'updated_by',
      'Updated Date': 'updated_date',
      Status: 'status',
    },
    rows: [
      [
        'Landscaping',
        'Mowing',
        'First User',
        '2024-03-01T09:00:00Z',
        'Zweiter Nutzer',
        '2024-03-05T10:00:00Z',
        'APPROVED',
      ],
      ['Snow, ice & salt', 'Ploughing', 'Zweiter Nutzer', '2024-03-02T09:30:00Z', '', '', 'DRAFT'],
      [
        'Snow, ice & salt',
        'Salting',
        'Ünïcode Användare',
        '2024-04-01T00:00:00Z',
        'Ünïcode Användare',
        '2024-04-01T03:00:00.25Z',
        'SENT',
      ],
    ],
  },
  'Client Scope of Work': {
    view: 'app.client_scope_of_work_list',
    fields: {
      Client: 'client',
      Services: 'services',
      'Scope Of Work Name': 'scope_name',
      'Uploaded By': 'uploaded_by',
      'Uploaded Date': 'uploaded_date',
      'Updated By': 'updated_by',
      'Updated Date': 'updated_date',
      Status: 'status',
    },
    rows: [
      [
        'Northern Estates',
        'Landscaping',
        'Mowing',
        'First User',
        '2024-03-01T09:00:00Z',
        'Zweiter Nutzer',
        '2024-03-05T10:00:00Z',
        'APPROVED',
      ],
      [
        `'=Odd "Client"`,
        'Snow, ice & salt',
        'Salting',
        'Ünïcode Användare',
        '2024-04-01T00:00:00Z',
        'Ünïcode Användare',
        '2024-04-01T03:00:00.25Z',
        'SENT',
      ],
    ],
  },
  RFP: {
    view: 'app.rfp_list',
    fields: {
      Client: 'client',
      Services: 'services',
      'RFP Name': 'rfp_name',
      'Due Date': 'due_date',
      Budget: 'budget',
      Currency: 'currency',
      'Uploaded By': 'uploaded_by',
      'Uploaded Date': 'uploaded_date',
      Status: 'status',
    },
    rows: [
      [
        'Northern Estates',
        'Landscaping',
        'Grounds',
        '2024-06-15',
        '12500.50',
        'USD',
        'First User',
        '2024-05-01T09:00:00Z',
        'OPEN',
      ],
      [
        `'=Odd "Client"`,
        'Snow, ice & salt',
        'Winter',
        '',
        '',
        '',
        'Zweiter Nutzer',
        '2024-05-02T09:00:00Z',
        'CLOSED',
      ],
    ],
  },
} as const;
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

const nameOf = (kind: Kind) => kind.toLowerCase().replaceAll(' ', '_');
const labelled = (kind: Kind) => Object.entries(kinds[kind].fields).map(([label, name]) => ({ name, label }));

let ground: RunGround;
beforeAll(async () => {
  ground = await layRunGround();
  await ground.admin.query(`select set_config('test.workspace', $1, false)`, [ground.session.workspaceId]);
  for (const file of ['schema.sql', 'rows.sql']) {
    await ground.admin.query(await readFile(join(import.meta.dirname, file), 'utf8'));
  }
  for (const kind of names) {
    const input: Partial<ViewInput> = {
      name: nameOf(kind),
      label: kind,
      view: kinds[kind].view,
      columns: [{ name: 'id' }, ...labelled(kind)],
      key: ['id'],
    };
    await createDataset(ground.session, viewSchema.parse({ kind: 'view', ...input }));
  }
});
afterAll(() => ground.close());

async function fileOf(kind: Kind, format: string, definition: object = {}): Promise<Buffer> {
  const columns = labelled(kind).map(({ name, label }) => ({ source: name, header: label }));
  const { id } = await ground.define(nameOf(kind), {
    name: kind,
    columns,
    sort: [{ field: 'uploaded_date' }],
    format: { type: format },
    ...definition,
  });
  return fetchFile(await ground.artifactOf(id));
}

const csvRows = (file: Buffer) => Papa.parse<string[]>(file.toString().trimEnd()).data;

describe.each(names)('%s', (kind) => {
  const { fields, rows } = kinds[kind];
  const labels = Object.keys(fields);

  it('is a CSV file of current versions with its labels', async () => {
    expect(csvRows(await fileOf(kind, 'csv'))).toEqual([labels, ...rows]);
  });

  it('is an Excel file with its labels, and dates that are dates', async () => {
    const [sheet = {}] = Object.values(await readSheets(await fileOf(kind, 'xlsx')));
    const places = labels.map((_, at) => String.fromCharCode(65 + at));
    expect(places.map((place) => sheet[`${place}1`]?.value)).toEqual(labels);
    const texts = rows.map((row) => row[labels.indexOf('Services')]);
    const services = places[labels.indexOf('Services')];
    expect(rows.map((_, at) => sheet[`${services}${at + 2}`]?.value)).toEqual(texts);
    const date = places[labels.indexOf('Uploaded Date')];
    expect(Number(sheet[`${date}2`]?.value)).toBeGreaterThan(45_000);
    expect(sheet[`A${rows.length + 2}`]).toBeUndefined();
  });

  it('is a PDF file with its labels and all its rows', async () => {
    const { words, title } = await readPdf(await fileOf(kind, 'pdf'));
    const text = words.map((word) => word.text).join(' ');
    for (const label of labels) for (const word of label.split(' ')) expect(text).toContain(word);
    for (const row of rows) expect(text).toContain(row[labels.indexOf('Status')]);
    expect(title).toBe(kind);
  });
});

it('a scope of work is searched, and filtered by its status and when it was uploaded', async () => {
  const filter = {
    and: [
      { field: 'scope_name', op: 'contains', value: 'ing' },
      { field: 'status', op: 'in', value: ['DRAFT', 'SENT'] },
      { field: 'uploaded_date', op: 'lt', value: '2024-04-01T00:00:00Z' },
    ],
  };
  const [, ...rows] = csvRows(await fileOf('Scope of Work', 'csv', { filter }));
  expect(rows.map(([, name]) => name)).toEqual(['Ploughing']);
});

it('requests are counted by client and month', async () => {
  const file = await fileOf('RFP', 'csv', {
    columns: undefined,
    sort: [],
    groupBy: [
      { field: 'client', header: 'Client' },
      { field: 'uploaded_date', bucket: { unit: 'month' }, header: 'Month' },
    ],
    aggregates: [{ function: 'count', header: 'Requests' }],
  });
  expect(csvRows(file)).toEqual([
    ['Client', 'Month', 'Requests'],
    [`'=Odd "Client"`, '2024-05-01', '1'],
    ['Northern Estates', '2024-05-01', '1'],
  ]);
});
