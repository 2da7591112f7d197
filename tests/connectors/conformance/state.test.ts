import { expect } from 'vitest';
import { limited } from '#tests/support/vendor/faults.ts';
import { conform, type Ground, groundOf, idsOf, idsTo, stored, untilError } from './kit.ts';
import type { Subject } from './subjects.ts';

const HOUR_MS = 3_600_000;
const SMALL_CURSOR = 700;
const SMALL_BOOKMARK = 200;

/** The bookmark that a full pass leaves. */
async function bookmarkOf({ read }: Ground): Promise<unknown> {
  const bookmark = (await read()).pages.at(-1)?.bookmark;
  expect(bookmark).toBeDefined();
  return stored(bookmark);
}

async function bookmarked(subject: Subject, rows = 50) {
  const ground = await groundOf(subject, rows);
  return { ...ground, since: await bookmarkOf(ground) };
}

const valueIn = (bookmark: unknown) => (bookmark as { value: string }).value;

conform('state', {
  'a second run after a completed one reads nothing new': async (subject) => {
    const { read, since } = await bookmarked(subject);
    const { rows, pages } = await read({ since });
    // The row whose value the bookmark has may come again, since another may share it.
    expect(rows.length).toBeLessThanOrEqual(1);
    expect(pages.at(-1)?.bookmark).toEqual(since);
    for (const page of pages) expect(page).not.toHaveProperty('complete');
  },

  'resumed from every cursor it reads exactly what is left': async (subject) => {
    const ground = await groundOf(subject, 95);
    const { pages } = await ground.read();
    expect(idsOf(await ground.read())).toEqual(idsTo(95));
    for (const [index, { cursor }] of pages.entries()) {
      const rest = await ground.read({ cursor: stored(cursor) });
      expect(rest.rows).toEqual(pages.slice(index + 1).flatMap(({ rows }) => rows));
      expect(rest.pages.at(-1)).toMatchObject({ ...pages.at(-1), rows: rest.pages.at(-1)?.rows });
    }
  },

  'a bookmark in the far future yields nothing and does not crash': async (subject) => {
    const { read, since } = await bookmarked(subject);
    const future = { ...(since as object), value: '9999-12-31T23:59:59.999Z' };
    const { rows, pages } = await read({ since: future });
    expect(rows).toEqual([]);
    expect(pages.at(-1)?.bookmark).toEqual(future);
  },

  'values in the far future do not move the bookmark there': async (subject) => {
    const ground = await groundOf(subject, 50);
    ground.things.update(7, { updated_at: '9999-12-31T23:59:59.999Z' });
    ground.things.update(8, { updated_at: '2026-03-02T11:00:00.000Z' });
    const bookmark = await bookmarkOf(ground);
    expect(valueIn(bookmark)).toBe(ground.vendor.clock.now().toISOString());
    ground.vendor.clock.advance(HOUR_MS);
    ground.things.insert({ name: 'new' });
    expect(idsOf(await ground.read({ since: bookmark }))).toContain(51);
  },

  'the bookmark never moves backwards': async (subject) => {
    const { read, things, since } = await bookmarked(subject);
    for (const { id } of things.rows().slice(30)) things.delete(id);
    things.update(1, { updated_at: '2026-03-01T09:00:00.000Z' });
    const lookback = { incremental: { ...incremental(subject), lookback: '1 day' } };
    const { rows, pages } = await read({ since }, lookback);
    expect(rows.length).toBeGreaterThan(1);
    expect(pages.at(-1)?.bookmark).toEqual(since);
  },

  'rows that appear late within the lookback are found': async (subject) => {
    const { read, things, since } = await bookmarked(subject);
    const late = new Date(Date.parse(valueIn(since)) - 50 * 60_000).toISOString();
    things.insert({ name: 'late', updated_at: late, created_at: late });
    expect(idsOf(await read({ since }))).not.toContain(51);
    const lookback = { incremental: { ...incremental(subject), lookback: '1 hour' } };
    const found = await read({ since }, lookback);
    expect(found.values.filter(({ id }) => Number(id) === 51)).toHaveLength(1);
  },

  'rows that share the bookmark’s value are not lost': async (subject) => {
    for (const parameter of ['updated_since', 'updated_after']) {
      const ground = await groundOf(subject, 0);
      ground.things.fill(25, () => ({ updated_at: '2026-03-01T11:00:00.000Z' }));
      const more = { incremental: { ...incremental(subject), parameter } };
      const first = await ground.read({}, more);
      expect(idsOf(first)).toEqual(idsTo(25));
      ground.things.insert({ updated_at: '2026-03-01T11:00:00.000Z' });
      const second = await ground.read({ since: stored(first.pages.at(-1)?.bookmark) }, more);
      expect(idsOf(second)).toContain(26);
    }
  },

  'a row that changes while it is read is found by the next pass': async (subject) => {
    const { read, vendor, things } = await groundOf(subject, 50);
    const change = (id: number) => {
      vendor.clock.advance(60_000);
      things.update(id, { name: 'changed' });
    };
    vendor.before(({ number }) => {
      if (number === 2) for (const id of [3, 45]) change(id);
      return undefined;
    });
    const first = await read();
    if (vendor.calls.length === 1) change(3);
    const second = await read({ since: stored(first.pages.at(-1)?.bookmark) });
    expect(second.values).toContainEqual(expect.objectContaining({ id: 3, name: 'changed' }));
  },

  'a bookmark older than the API keeps asks for a full read': async (subject) => {
    const { read, vendor, since } = await bookmarked(subject);
    vendor.clock.advance(2 * HOUR_MS);
    const told = { incremental: { ...incremental(subject), expired: 'Cursor too old' } };
    const body = '{"error":"The cursor too old to use"}';
    for (const [refusal, more] of [
      [{ status: 410 }, {}],
      [{ status: 400, body }, told],
      [{ status: 200, body }, told],
    ] as const) {
      vendor.keepChanges(HOUR_MS, refusal);
      await expect(read({ since }, more)).rejects.toMatchObject({ code: 'bookmark_expired' });
    }
    expect(idsOf(await read())).toEqual(idsTo(50));
    vendor.keepChanges(HOUR_MS, { status: 400, body: '{"error":"wrong"}' });
    await expect(read({ since }, told)).rejects.toMatchObject({ code: 'REQUEST_REFUSED' });
    const other = { incremental: { ...incremental(subject), column: 'created_at' } };
    await expect(read({ since }, other)).rejects.toMatchObject({ code: 'bookmark_expired' });
  },

  'cursors and bookmarks stay small': async (subject) => {
    const { read } = await groundOf(subject, 300);
    for (const { cursor, bookmark } of (await read()).pages) {
      expect(JSON.stringify(cursor).length).toBeLessThan(SMALL_CURSOR);
      if (bookmark) expect(JSON.stringify(bookmark).length).toBeLessThan(SMALL_BOOKMARK);
    }
  },

  'a pass that failed is never complete and leaves no bookmark': async (subject) => {
    const failures = [{ status: 400 }, { status: 500 }, limited.silent(), 'reset', 'truncated'] as const;
    for (const fault of failures) {
      const { pages, vendor } = await groundOf(subject, 50);
      const from = subject.answerRows ? 2 : 1;
      vendor.before(({ number }) => (number >= from ? fault : undefined));
      const failed = await untilError(pages());
      expect(failed.error).toBeInstanceOf(Error);
      for (const page of failed.pages) expect(page).not.toHaveProperty('complete');
      for (const page of failed.pages) expect(page).not.toHaveProperty('bookmark');
    }
  },
});

/** How the subject asks for what has changed. */
function incremental(subject: Subject): Readonly<Record<string, unknown>> {
  return subject.config({ url: 'http://localhost' }).incremental as Readonly<Record<string, unknown>>;
}
