import { expect } from 'vitest';
import { PAGE_MAX_BYTES, PAGE_MAX_ROWS } from '#connectors/contract.ts';
import { coercion } from '#lib/datasets/coerce.ts';
import { disguised } from '#tests/support/vendor/faults.ts';
import { conform, type Ground, groundOf, idsOf, idsTo, statedBy, stored, untilError } from './kit.ts';
import type { Subject } from './subjects.ts';

const dataError = (words: string) => ({ code: 'DATA_ERROR', message: expect.stringContaining(words) });

/** The last page says that everything was seen, or, of counted pages, that this is not proved. */
function expectWhole({ subject }: Ground, pages: Awaited<ReturnType<Ground['read']>>['pages'], rows: number) {
  const isDoubted = subject.counted && rows > (subject.answerRows ?? rows);
  const end = isDoubted ? { doubt: { settledByAnother: true } } : { complete: true };
  expect(pages.at(-1)).toMatchObject(end);
  for (const page of pages.slice(0, -1)) expect(page).not.toMatchObject({ complete: true });
}

/** The rows of a page more than fits into one answer, or into one page where there is one answer. */
const pageRowsOf = ({ answerRows = PAGE_MAX_ROWS }: Subject) => answerRows;

const inAnswers = { pageSize: { parameter: 'limit', rows: 6_000 } };

conform('read', {
  'rows match the declared columns, and others are reported': async (subject) => {
    const { read, things } = await groundOf(subject, 20);
    const { columns } = await statedBy(subject);
    things.update(7, { surprise: 'new' });
    const { values } = await read();
    for (const row of values) {
      for (const { name, type } of columns) expect(coercion(type)(row[name])).toEqual(expect.any(String));
    }
    expect(values.find(({ id }) => String(id) === '7')).toMatchObject({ surprise: 'new' });
  },

  'keys are unique and not null': async (subject) => {
    const { read } = await groundOf(subject, 123);
    const { key } = await statedBy(subject);
    const keys = (await read()).values.map((row) => key.map((name) => row[name]));
    expect(key).not.toEqual([]);
    expect(keys.flat()).not.toContain(null);
    expect(keys.flat()).not.toContain(undefined);
    expect(new Set(keys.map((each) => JSON.stringify(each))).size).toBe(123);
  },

  'two full reads agree': async (subject) => {
    const { read } = await groundOf(subject, 123);
    expect(await read()).toEqual(await read());
  },

  'pages hold zero, one, a page less one, a page, and a page and one': async (subject) => {
    const page = pageRowsOf(subject);
    for (const rows of [0, 1, page - 1, page, page + 1]) {
      const ground = await groundOf(subject, rows);
      const found = await ground.read();
      expect(idsOf(found)).toEqual(idsTo(rows));
      expect(found.rows).toHaveLength(rows);
      expectWhole(ground, found.pages, rows);
    }
  },

  'a full pass makes no more calls than there are pages, and one': async (subject) => {
    for (const rows of [1, 95, 100]) {
      const { read, vendor } = await groundOf(subject, rows);
      await read();
      expect(vendor.calls.length).toBeLessThanOrEqual(subject.mostCalls(rows));
    }
  },

  'a page that repeats ends the read with an error': async (subject) => {
    for (const parameter of ['page', 'offset', 'cursor', 'after']) {
      const { read, vendor } = await groundOf(subject, 50);
      vendor.habits.ignores.add(parameter);
      const failed = await read().catch((error: unknown) => error);
      if (vendor.calls.some(({ query }) => query.has(parameter))) {
        expect(failed).toMatchObject(dataError('would never end'));
        expect(vendor.calls.length).toBeLessThanOrEqual(4);
      }
    }
  },

  'rows inserted or deleted while paging lose nothing': async (subject) => {
    const { read, vendor, things } = await groundOf(subject, 95);
    vendor.before(({ number }) => {
      if (number % 2 === 0 && number < 14) things.delete(number);
      if (number === 3) things.insert({ name: 'late' });
      return undefined;
    });
    const found = await read();
    expect(vendor.calls.length).toBeGreaterThan(2);
    expect(idsOf(found)).toEqual(
      expect.arrayContaining(
        things
          .rows()
          .map(({ id }) => id)
          .filter((id) => id <= 95),
      ),
    );
  },

  'an answer at the API’s cap is taken to be cut, and split': async (subject) => {
    const { read, vendor } = await groundOf(subject, 300);
    vendor.habits.cap = 20;
    if (subject.config(vendor).windows) {
      // Of one day there are 33 rows, made at the same moment but for those that the test spreads.
      vendor
        .table('things')
        .rows()
        .forEach(({ id, created_at }) => {
          const at = new Date(Date.parse(created_at) + 60_000 * (id % 34)).toISOString();
          vendor.table('things').update(id, { created_at: at });
        });
      expect(idsOf(await read({}, { cap: 20 }))).toEqual(idsTo(300));
      return;
    }
    await expect(read({}, { cap: 20 })).rejects.toMatchObject({
      ...dataError('some may be missing'),
      fields: {},
    });
    // Below it, nothing was cut.
    expect(idsOf(await read({}, { cap: 21 }))).toEqual(idsTo(20));
  },

  'a total that was not met is told, and is no complete pass': async (subject) => {
    const { read, vendor } = await groundOf(subject, 300);
    vendor.habits.cap = 20;
    const { pages } = await read({}, { totalPath: 'meta.total' });
    expect(pages.at(-1)).toMatchObject({ doubt: { settledByAnother: false } });
    expect(pages.at(-1)?.doubt?.reason).toMatch(/there are \d+ rows and gave 20\./);
    for (const page of pages) expect(page).not.toHaveProperty('bookmark');
    for (const page of pages) expect(page).not.toHaveProperty('complete');
  },

  'HTTP 200 that holds an error, a web page or a sentence is an error': async (subject) => {
    for (const [name, fault] of Object.entries(disguised)) {
      const reason = subject.tolerates?.[name];
      if (reason) {
        console.info(`${subject.name}: ${name} with status 200 passes: ${reason}`);
        continue;
      }
      const first = await groundOf(subject, 50);
      first.vendor.fail(fault);
      expect([name, (await untilError(first.pages())).error]).toMatchObject([name, { code: 'DATA_ERROR' }]);
      if (!subject.answerRows) continue;
      const later = await groundOf(subject, 50);
      later.vendor.before(({ number }) => (number === 3 ? fault : undefined));
      const { pages, error } = await untilError(later.pages());
      expect([name, error]).toMatchObject([name, { code: 'DATA_ERROR' }]);
      expect(pages).toHaveLength(2);
    }
  },

  'columns that are not equally long are refused': async (subject) => {
    const { pages, vendor } = await groundOf(subject, 50);
    vendor.before(({ number }) => (number === 2 ? 'uneven' : undefined));
    const failed = await untilError(pages());
    expect(failed.pages).toHaveLength(1);
    expect(failed.error).toMatchObject(dataError('not equally long'));
  },

  'decimals, and ids beyond 2^53, keep every digit': async (subject) => {
    const { read, things } = await groundOf(subject, 0);
    const numbers = ['12345678901234567890', '1.10', '0.1000000000000000055', '-9007199254740993', '1e400'];
    for (const number of numbers) things.insert({ number: JSON.rawJSON(number) });
    const { values } = await read();
    expect(values.map((row) => JSON.stringify(row.number).replaceAll('"', ''))).toEqual(numbers);
  },

  'a page holds at most 5,000 rows and 8 MB': async (subject) => {
    const wide = await groundOf(subject, 0);
    wide.things.fill(20, () => ({ text: 'x'.repeat(1_000_000) }));
    const { pages, rows } = await wide.read();
    expect(rows).toHaveLength(20);
    for (const page of pages)
      expect(JSON.stringify(page.rows).length).toBeLessThanOrEqual(PAGE_MAX_BYTES + 10_000);

    const long = await groundOf(subject, 6_500);
    const more = subject.answerRows ? inAnswers : {};
    const all = await long.read({}, more);
    expect(idsOf(all)).toEqual(idsTo(6_500));
    for (const page of all.pages) expect(page.rows.length).toBeLessThanOrEqual(PAGE_MAX_ROWS);
    for (const [index, { cursor }] of all.pages.entries()) {
      const rest = await long.read({ cursor: stored(cursor) }, more);
      expect(idsOf(rest)).toEqual(
        idsOf({
          values: all.pages.slice(index + 1).flatMap(({ rows: of }) => of.map(({ values }) => values)),
        }),
      );
    }
  },
});
