import { describe, expect, it, onTestFinished } from 'vitest';
import { bodyOf, type ReadOptions, readAll } from '#tests/connectors/reading.ts';
import { byDay, byUpdatedAt, configFor } from '#tests/support/vendor/config.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';

type Config = Readonly<Record<string, unknown>>;

const HOUR_MS = 3_600_000;

async function groundOf(more: Config) {
  const vendor = await startVendor();
  onTestFinished(() => vendor.close());
  const config = { ...configFor(vendor, 'link', 'things', { pageRows: 10 }), ...more };
  const body = bodyOf([], { now: () => vendor.clock.now() });
  const read = (options: ReadOptions = {}, further: Config = {}) =>
    readAll('json', { ...config, ...further }, body, options);
  const asked = () => vendor.calls.at(-1)?.query;
  return { vendor, things: vendor.table('things'), read, asked };
}

const lastOf = <Item>(items: readonly Item[]) => items.at(-1);

describe('rows are asked for by', () => {
  it('a time, in each way that an API may take one, and further back by the lookback', async () => {
    for (const [format, lookback, text] of [
      ['iso', undefined, '2026-03-01T11:00:00.122Z'],
      ['isoSeconds', undefined, '2026-03-01T10:59:59Z'],
      ['unix', undefined, String(Date.parse('2026-03-01T10:59:59Z') / 1_000)],
      ['unixMs', '1 second', String(Date.parse('2026-03-01T10:59:59.123Z'))],
      ['date', undefined, '2026-02-28'],
      ['iso', '5 minutes', '2026-03-01T10:55:00.123Z'],
      ['date', '1 hour', '2026-02-28'],
    ]) {
      const timestamp = { ...(byUpdatedAt.incremental as object), format, ...(lookback && { lookback }) };
      const { things, read, asked } = await groundOf({ incremental: timestamp });
      things.insert({ updated_at: '2026-03-01T11:00:00.123456Z' });
      const since = lastOf((await read()).pages)?.bookmark;
      expect(since).toEqual({ column: 'updated_at', type: 'timestamp', value: '2026-03-01T11:00:00.123Z' });
      things.insert({ updated_at: '2026-03-01T11:00:00.123400Z' });
      const { values } = await read({ since });
      expect(values.map(({ id }) => id)).toContain(2);
      expect([format, asked()?.get('updated_since')]).toEqual([format, text]);
    }
  });

  it('a date, from the day before on', async () => {
    const date = { type: 'date', column: 'day', parameter: 'updated_since' };
    const { things, read, asked } = await groundOf({ incremental: date });
    things.insert({ day: '2026-02-27', updated_at: '2026-02-27T00:00:00Z' });
    const since = lastOf((await read()).pages)?.bookmark;
    expect(since).toMatchObject({ value: '2026-02-27' });
    await read({ since });
    expect(asked()?.get('updated_since')).toBe('2026-02-26');
    things.insert({ day: '2100-01-01' });
    expect(lastOf((await read({ since })).pages)?.bookmark).toMatchObject({ value: '2026-03-01' });
  });

  it('a number, of any size, one back or as many as is wished', async () => {
    const integer = { type: 'integer', column: 'number', parameter: 'number_from' };
    const { things, read, asked } = await groundOf({ incremental: integer });
    for (const text of ['9007199254740993', '18014398509481985', '9'])
      things.insert({ number: JSON.rawJSON(text) });
    things.insert({ number: 'none' });
    const since = lastOf((await read()).pages)?.bookmark;
    expect(since).toMatchObject({ value: '18014398509481985' });
    await read({ since });
    expect(asked()?.get('number_from')).toBe('18014398509481984');
    await read({ since }, { incremental: { ...integer, lookback: 100 } });
    expect(asked()?.get('number_from')).toBe('18014398509481885');
  });

  it('a text, that one included', async () => {
    const text = { type: 'text', column: 'code', parameter: 'code_from' };
    const { things, read, asked } = await groundOf({ incremental: text });
    for (const code of ['A10', 'A2', 'a', '']) things.insert({ code });
    const since = lastOf((await read()).pages)?.bookmark;
    expect(since).toMatchObject({ value: 'a' });
    things.insert({ code: 'a' });
    expect((await read({ since })).values).toHaveLength(2);
    expect(asked()?.get('code_from')).toBe('a');
  });
});

describe('a bookmark', () => {
  it('is not left where no row was there, and a column that no row has is an error', async () => {
    const { things, read } = await groundOf(byUpdatedAt);
    expect(lastOf((await read()).pages)).not.toHaveProperty('bookmark');
    things.insert({ updated_at: null });
    await expect(read()).rejects.toMatchObject({
      code: 'DATA_ERROR',
      fields: { 'config.incremental.column': expect.any(String) },
    });
    things.insert();
    expect(lastOf((await read()).pages)?.bookmark).toMatchObject({ column: 'updated_at' });
  });

  it.each([
    ['2026-03-01T00:00:00Z'],
    [{}],
    [{ column: 'updated_at', type: 'timestamp', value: 'soon' }],
    [[1]],
  ])('%j is none of ours: all is read again', async (since) => {
    const { read } = await groundOf(byUpdatedAt);
    await expect(read({ since })).rejects.toMatchObject({ code: 'bookmark_expired' });
  });

  it('goes by the vendor’s clock where that is behind ours', async () => {
    const { vendor, things } = await groundOf(byUpdatedAt);
    things.insert({ updated_at: '2026-03-01T12:30:00Z' });
    const ahead = bodyOf([], { now: () => new Date(vendor.clock.now().getTime() + HOUR_MS) });
    const config = { ...configFor(vendor, 'link', 'things'), ...byUpdatedAt };
    const { pages } = await readAll('json', config, ahead);
    expect(lastOf(pages)?.bookmark).toMatchObject({ value: '2026-03-01T12:00:00.000Z' });
  });

  it('stays where it was where the total was not met', async () => {
    const { vendor, things, read } = await groundOf({ ...byUpdatedAt, totalPath: 'meta.total' });
    things.insert({ updated_at: '2026-03-01T10:00:00.000Z' });
    const since = lastOf((await read()).pages)?.bookmark;
    things.fill(30);
    vendor.habits.cap = 20;
    expect(lastOf((await read({ since })).pages)).toMatchObject({
      bookmark: since,
      doubt: { settledByAnother: false },
    });
  });
});

describe('pages that are counted', () => {
  it('are looked at once more by the next pass, since a row may have moved between them', async () => {
    const { vendor, things, read } = await groundOf(byUpdatedAt);
    const counted = configFor(vendor, 'page', 'things', { pageRows: 10, parameters: { sort: 'updated_at' } });
    const config = { ...counted, ...byUpdatedAt };
    things.insert();
    const since = lastOf((await read({}, config)).pages)?.bookmark;
    vendor.clock.advance(HOUR_MS);
    things.fill(25, (index) => ({
      updated_at: new Date(vendor.clock.now().getTime() - 1_000 * (25 - index)).toISOString(),
    }));
    let calls = 0;
    vendor.before(() => {
      calls += 1;
      if (calls === 2) things.update(3, { updated_at: '2026-03-01T13:00:30.000Z' });
      return undefined;
    });
    const missed = await read({ since }, config);
    const found = await read({ since: lastOf(missed.pages)?.bookmark }, config);
    const ids = ({ values }: typeof missed) => values.map(({ id }) => id);
    expect(things.rows().filter(({ id }) => !ids(missed).includes(id))).toHaveLength(1);
    expect(things.rows().filter(({ id }) => id > 1 && !ids(found).includes(id))).toEqual([]);
    for (const { pages } of [missed, found]) expect(lastOf(pages)).not.toHaveProperty('doubt');
    const quiet = await read({ since: lastOf(found.pages)?.bookmark }, config);
    expect(quiet.values.length).toBeLessThan(3);
  });
});

describe('windows of time', () => {
  it('halve themselves where there is much, and grow again where there is little', async () => {
    const { vendor, things, read } = await groundOf({ ...byDay, cap: 50 });
    vendor.habits.cap = 50;
    const busy = Date.parse('2026-02-24T06:00:00Z');
    things.fill(400, (index) => ({ created_at: new Date(busy + 60_000 * index).toISOString() }));
    things.fill(20, (index) => ({ created_at: `2026-02-${20 + (index % 9)}T00:00:00.000Z` }));
    const { values, pages } = await read();
    expect(new Set(values.map(({ id }) => id)).size).toBe(420);
    expect(lastOf(pages)?.complete).toBe(true);
    const spans = vendor.calls.map(
      ({ query }) => Date.parse(query.get('created_to') ?? '') - Date.parse(query.get('created_from') ?? ''),
    );
    expect(Math.min(...spans)).toBeLessThanOrEqual(HOUR_MS);
    expect(spans.at(-1)).toBeGreaterThan(12 * HOUR_MS);
  });

  it('end in plain words where even the smallest holds too much', async () => {
    const { vendor, things, read } = await groundOf({
      windows: { ...(byDay.windows as object), smallest: '6 hours' },
      cap: 20,
    });
    vendor.habits.cap = 20;
    things.fill(30, () => ({ created_at: '2026-02-24T06:30:00.000Z' }));
    await expect(read()).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringMatching(
        /^Between 2026-02-24T06:00:00.000Z and 2026-02-24T12:00:00.000Z there are 20 rows/,
      ),
    });
  });

  it('of dates share their borders and go no smaller than a day', async () => {
    const dates = {
      from: 'created_from',
      to: 'created_to',
      format: 'date',
      start: '2026-02-20',
      size: '1 week',
    };
    const { vendor, things, read } = await groundOf({ windows: dates, cap: 20 });
    vendor.habits.cap = 20;
    things.fill(90, (index) => ({ created_at: `2026-02-${20 + (index % 9)}T12:00:00.000Z` }));
    expect(new Set((await read()).values.map(({ id }) => id)).size).toBe(90);
    expect(
      vendor.calls.every(({ query }) => /^\d{4}-\d{2}-\d{2}$/.test(query.get('created_from') ?? '')),
    ).toBe(true);
    things.fill(30, () => ({ created_at: '2026-02-23T12:00:00.000Z' }));
    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining('Between 2026-02-23 and 2026-02-24'),
    });
  });

  it('read what has changed too, where they go by the same parameter', async () => {
    const windows = { ...(byDay.windows as object), from: 'updated_since', to: 'updated_until' };
    const { vendor, things, read } = await groundOf({ ...byUpdatedAt, windows });
    things.fill(5);
    const since = lastOf((await read()).pages)?.bookmark;
    const before = vendor.calls.length;
    vendor.clock.advance(72 * HOUR_MS);
    things.update(2, {});
    const { values } = await read({ since });
    expect(values.map(({ id }) => id)).toContain(2);
    expect(vendor.calls.slice(before).map(({ query }) => query.get('updated_since'))).toEqual([
      '2026-03-01T11:59:59.999Z',
      '2026-03-02T11:59:59.999Z',
      '2026-03-03T11:59:59.999Z',
      '2026-03-04T11:59:59.999Z',
    ]);
  });

  it('are fallen back to where more has changed than is given at once', async () => {
    const { vendor, things, read } = await groundOf({ ...byUpdatedAt, ...byDay, cap: 50 });
    vendor.habits.cap = 50;
    things.fill(60, (index) => ({ created_at: `2026-02-${20 + (index % 9)}T12:00:00.000Z` }));
    const since = lastOf((await read()).pages)?.bookmark;
    for (const { id } of things.rows()) things.update(id, {});
    await expect(read({ since })).rejects.toMatchObject({ code: 'bookmark_expired' });
  });
});
