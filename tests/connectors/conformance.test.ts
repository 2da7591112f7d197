import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PAGE_MAX_ROWS, type Page } from '#connectors/contract.ts';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { loadConnector } from '#connectors/registry.ts';
import { bodyOf, checkOf, pagesOf, readAll } from '#tests/connectors/reading.ts';
import { serve } from '#tests/support/servers.ts';
import { workbookOf } from '#tests/support/workbook.ts';

/** What the suite needs to know of a connector, and the checks that do not apply to it, with the reason. */
interface Sample {
  readonly good: readonly Record<string, unknown>[];
  readonly bad: readonly (readonly [Record<string, unknown>, string])[];
  /** A body of so many rows: `id`, counted from 0, and a `name` that begins with `text`. */
  readonly body: (rows: number, text?: string) => string | Buffer;
  readonly except: Readonly<Record<string, string>>;
}

const sourceHasNoKeys = 'the rows and their key are the user’s: the dataset declares them';

const badLocations = [
  [{}, 'url'],
  [{ url: 'ftp://example.com/x' }, 'url'],
  [{ url: 'https://user:secret@example.com/x' }, 'url'],
  [{ url: 'https://example.com/x', upload: 'id' }, 'url'],
] as const;

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
    body: (rows, text = 'row ') =>
      `id,name\n${Array.from({ length: rows }, (_, index) => `${index},${text}${index}\n`).join('')}`,
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
    body: (rows, text = 'row ') => {
      const cells = Array.from({ length: rows }, (_, index) => [index, `${text}${index}`]);
      return workbookOf([['id', 'name'], ...cells]);
    },
    except: { 'its columns and key are declared': sourceHasNoKeys },
  },
  json: {
    good: [{ url: 'https://example.com/x.json' }, { upload: 'id', format: 'json', rowsPath: 'data.items' }],
    bad: [
      ...badLocations,
      [{ upload: 'id', format: 'xml' }, 'format'],
      [{ upload: 'id', format: 'ndjson', rowsPath: 'data' }, 'rowsPath'],
      [{ upload: 'id', rowPath: 'data' }, ''],
    ],
    body: (rows, text = 'row ') =>
      JSON.stringify(Array.from({ length: rows }, (_, index) => ({ id: index, name: `${text}${index}` }))),
    except: { 'its columns and key are declared': sourceHasNoKeys },
  },
};

const upload = { upload: 'file' };

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

  check('a check is one call', async () => {
    let calls = 0;
    const { url } = await serve((_request, response) => {
      calls += 1;
      response.end(sample.body(10));
    });
    expect(await checkOf(id, { url }, bodyOf([]))).toContain('id, name');
    expect(calls).toBe(1);
  });

  check('refused credentials are an error a person can act on', async () => {
    const { url } = await serve((_request, response) => void response.writeHead(401).end('no'));
    const checking = checkOf(id, { url }, bodyOf([]), { bearer: 's3cret' });
    await expect(checking).rejects.toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.not.stringContaining('s3cret'),
    });
  });

  check('pages hold zero, one, a page less one, a page, and a page and one', async () => {
    for (const rows of [0, 1, PAGE_MAX_ROWS - 1, PAGE_MAX_ROWS, PAGE_MAX_ROWS + 1]) {
      const read = await readAll(id, upload, bodyOf([sample.body(rows)]));
      expect(read.values.map((values) => Number(values.id))).toEqual(
        Array.from({ length: rows }, (_, index) => index),
      );
      expect(read.pages.map(({ complete }) => complete ?? false)).toEqual(
        rows > PAGE_MAX_ROWS ? [false, true] : [true],
      );
    }
  });

  check('two full reads agree', async () => {
    const text = sample.body(12_345);
    expect(await readAll(id, upload, bodyOf([text]))).toEqual(await readAll(id, upload, bodyOf([text])));
  });

  check('resumed from every cursor it reads exactly what is left, and nothing past the end', async () => {
    const text = sample.body(12_000);
    const { pages } = await readAll(id, upload, bodyOf([text]));
    for (const [index, { cursor }] of pages.entries()) {
      const rest = await readAll(id, upload, bodyOf([text]), { cursor: JSON.parse(JSON.stringify(cursor)) });
      expect(rest.rows).toEqual(pages.slice(index + 1).flatMap((page) => page.rows));
      expect(JSON.stringify(cursor).length).toBeLessThan(100);
    }
    const beyond = await readAll(id, upload, bodyOf([text]), { cursor: { records: 1_000_000 } });
    expect(beyond.pages).toMatchObject([{ rows: [], complete: true }]);
  });

  check('a page holds at most 8 MB', async () => {
    const wide = sample.body(30, 'x'.repeat(1_000_000));
    const { pages, rows } = await readAll(id, upload, bodyOf([wide]));
    expect(rows).toHaveLength(30);
    for (const page of pages) expect(JSON.stringify(page.rows).length).toBeLessThanOrEqual(8_000_000 + 1_000);
  });

  check('a body that breaks off is no complete pass', async () => {
    const text = sample.body(20_000);
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, text.length / 2));
      setTimeout(() => response.destroy(), 50);
    });
    const pages: Page[] = [];
    const reading = async () => {
      for await (const page of pagesOf(id, { url }, bodyOf([]))) pages.push(page);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
    expect(pages.some(({ complete }) => complete)).toBe(false);
  });
});
