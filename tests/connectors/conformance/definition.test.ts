import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { loadConnector } from '#connectors/registry.ts';

/** Good and bad settings of a connector, and the checks that do not apply to it, with the reason. */
interface Sample {
  readonly good: readonly Record<string, unknown>[];
  readonly bad: readonly (readonly [Record<string, unknown>, string])[];
  readonly except: Readonly<Record<string, string>>;
}

const sourceHasNoKeys = 'the rows and their key are the user’s: the dataset declares them';

const badLocations = [
  [{}, 'url'],
  [{ url: 'ftp://example.com/x' }, 'url'],
  [{ url: 'https://user:secret@example.com/x' }, 'url'],
  [{ url: 'https://example.com/x', upload: 'id' }, 'url'],
] as const;

const sized = { pageSize: { parameter: 'limit', rows: 100 } };

const paginations = [
  { by: 'link' },
  { by: 'next', path: 'links.next' },
  { by: 'cursor', path: 'meta.next', parameter: 'cursor', morePath: 'meta.more' },
  { by: 'lastRow', field: 'id', parameter: 'after' },
  { by: 'page', parameter: 'page', first: 0 },
  { by: 'offset', parameter: 'offset', rowId: 'id' },
];

const grows = { column: 'updated_at', parameter: 'since' };
const incrementals = [
  { type: 'timestamp', ...grows, format: 'iso', lookback: '5 minutes', expired: 'too old' },
  { type: 'date', ...grows, lookback: '1 day' },
  { type: 'integer', ...grows, lookback: 100 },
  { type: 'text', ...grows },
];

const windows = {
  from: 'from',
  to: 'to',
  format: 'date',
  start: '2020-01-31',
  size: '30 days',
  smallest: '1 day',
};

const samples: Readonly<Record<string, Sample>> = {
  csv: {
    good: [
      { url: 'https://example.com/x.csv' },
      { upload: 'id', delimiter: '\t', quote: "'", encoding: 'utf-16le', header: false, compression: 'gzip' },
    ],
    bad: [
      ...badLocations,
      [{ upload: 'id', delimiter: ';;' }, 'delimiter'],
      [{ upload: 'id', delimiter: '"' }, 'delimiter'],
      [{ upload: 'id', delimiter: "'", quote: "'" }, 'quote'],
      [{ upload: 'id', encoding: 'latin1' }, 'encoding'],
      [{ upload: 'id', compression: 'zip' }, 'compression'],
      [{ upload: 'id', seperator: ';' }, ''],
    ],
    except: { 'its columns and key are declared': sourceHasNoKeys },
  },
  excel: {
    good: [
      { url: 'https://example.com/x.xlsx' },
      { upload: 'id', sheet: 'Products', headerRow: 3 },
      { upload: 'id', sheet: '2' },
    ],
    bad: [
      ...badLocations,
      [{ upload: 'id', sheet: '' }, 'sheet'],
      [{ upload: 'id', headerRow: 0 }, 'headerRow'],
      [{ upload: 'id', headerRow: 1_048_577 }, 'headerRow'],
      [{ upload: 'id', tab: 'Products' }, ''],
    ],
    except: { 'its columns and key are declared': sourceHasNoKeys },
  },
  json: {
    good: [
      { url: 'https://example.com/x.json' },
      { upload: 'id', format: 'json', rowsPath: 'data.items' },
      { upload: 'id', layout: 'columns', errorPath: 'status.error', updatedAt: 'changed.at' },
      { url: 'https://example.com/api', cap: 1_000, totalPath: 'meta.total', ...sized },
      ...paginations.map((pagination) => ({ url: 'https://example.com/api', pagination })),
      ...incrementals.map((incremental) => ({ url: 'https://example.com/api', incremental })),
      { url: 'https://example.com/api', windows },
    ],
    bad: [
      ...badLocations,
      [{ upload: 'id', ...sized }, 'pageSize'],
      [{ upload: 'id', pagination: { by: 'link' } }, 'pagination'],
      [{ url: 'https://example.com', pagination: { by: 'scroll' } }, 'pagination.by'],
      [{ url: 'https://example.com', pagination: { by: 'page' } }, 'pagination.parameter'],
      [{ url: 'https://example.com', pagination: { by: 'next', path: 'a..b' } }, 'pagination.path'],
      [
        { url: 'https://example.com', incremental: { ...incrementals[0], lookback: '5' } },
        'incremental.lookback',
      ],
      [
        { url: 'https://example.com', incremental: { ...incrementals[2], lookback: '1 day' } },
        'incremental.lookback',
      ],
      [{ url: 'https://example.com', windows: { ...windows, start: '2020' } }, 'windows.start'],
      [{ url: 'https://example.com', windows: { ...windows, size: '0 days' } }, 'windows.size'],
      [{ url: 'https://example.com', cap: 0 }, 'cap'],
      [{ upload: 'id', format: 'ndjson', layout: 'columns' }, 'layout'],
      [{ url: 'https://example.com', format: 'ndjson', totalPath: 'total' }, 'format'],
      [{ url: 'https://example.com', format: 'ndjson', pagination: paginations[1] }, 'format'],
      [{ upload: 'id', format: 'xml' }, 'format'],
      [{ upload: 'id', format: 'ndjson', rowsPath: 'data' }, 'rowsPath'],
      [{ upload: 'id', rowPath: 'data' }, ''],
    ],
    except: { 'its columns and key are declared': sourceHasNoKeys },
  },
};

it('every connector has a sample here, and its id loads it', async () => {
  expect(connectorDefinitions.map(({ id }) => id)).toEqual(Object.keys(samples));
  for (const definition of connectorDefinitions) {
    expect((await loadConnector(definition.id)).definition).toBe(definition);
  }
  await expect(loadConnector('constructor')).rejects.toMatchObject({ code: 'not_found' });
});

describe.each(connectorDefinitions)('$id', (definition) => {
  const { id } = definition;
  const sample = samples[id] as Sample;
  const check = (name: string, run: () => unknown) => {
    const reason = sample.except[name];
    if (reason === undefined) it(name, async () => void (await run()));
    else console.info(`${id}: "${name}" does not apply: ${reason}`);
  };

  check('a good config round-trips', () => {
    for (const config of sample.good) expect(definition.config.parse(config)).toEqual(config);
  });

  check('a bad config names the field', () => {
    for (const [config, field] of sample.bad) {
      const paths = definition.config.safeParse(config).error?.issues.map(({ path }) => path.join('.'));
      expect([config, paths]).toEqual([config, expect.arrayContaining([field])]);
    }
  });

  check('its forms can be drawn: JSON Schema with a title for every field', () => {
    const schema = z.toJSONSchema(definition.config, { io: 'input' }) as {
      properties: Record<string, { title?: string }>;
    };
    for (const [name, field] of Object.entries(schema.properties))
      expect([name, field.title]).toEqual([name, expect.any(String)]);
  });

  check('every secret is marked as one and has no default', () => {
    const text = JSON.stringify(z.toJSONSchema(definition.credentials, { io: 'input' }));
    expect(text.match(/"secret":true/g)?.length).toBeGreaterThan(0);
    expect(text).not.toContain('"default"');
  });

  check('its streams have names of their own, and each can be read', async () => {
    const names = definition.streams.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys((await loadConnector(id)).streams)).toEqual(names);
  });

  check('its columns and key are declared', () => {
    for (const stream of definition.streams) {
      expect(stream.key.length).toBeGreaterThan(0);
      expect(stream.columns.map(({ name }) => name)).toEqual(expect.arrayContaining([...stream.key]));
    }
  });
});
