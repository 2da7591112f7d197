import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf, newDraft } from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { formats } from '#lib/exports/formats/registry.ts';

const field = fc.constantFrom('code', 'city', 'total', 'vendor.name', 'at');
const header = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: undefined });
const filter = fc.oneof(
  fc.record({ field, op: fc.constant('eq'), value: fc.string().map((text) => text.replaceAll('\0', '')) }),
  fc.record({ not: fc.record({ field, op: fc.constant('isNull') }) }),
);
const bucket = fc.record({
  unit: fc.constantFrom('day', 'month'),
  zone: fc.constantFrom('UTC', 'Asia/Tokyo'),
});
const key = fc.record({ field, bucket: fc.option(bucket, { nil: undefined }) });
const aggregate = fc.oneof(
  fc.record({ function: fc.constant('count') }),
  fc.record({ function: fc.constantFrom('sum', 'avg', 'countDistinct'), field, header }),
  fc.record({ function: fc.constant('percentile'), field, percentile: fc.constantFrom(0, 0.07, 0.5, 1) }),
);
const columns = fc.uniqueArray(fc.record({ source: field, header }), {
  minLength: 1,
  maxLength: 4,
  selector: ({ source, header: own }) => own ?? source,
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const grouped = fc.oneof(
  fc.constant({}),
  fc.record({
    groupBy: maybe(fc.array(key, { minLength: 1, maxLength: 3 })),
    aggregates: fc.array(aggregate, { minLength: 1, maxLength: 3 }),
    having: maybe(filter),
  }),
  fc.record({
    pivot: fc.record({ rows: fc.array(key, { minLength: 1, maxLength: 2 }), column: key, value: aggregate }),
  }),
);

const query = {
  dataset: fc.constantFrom('places', 'gone'),
  columns: maybe(columns),
  filter: maybe(filter),
  expression: maybe(fc.constant('total > 1')),
  sort: fc.array(fc.record({ field, direction: fc.constantFrom('asc', 'desc') }), { maxLength: 3 }),
};
const table = fc
  .tuple(fc.record({ ...query, name: fc.constantFrom('More', 'Other') }), grouped)
  .map(([asked, groups]) => ({ ...asked, ...groups }));

const definition = fc
  .tuple(
    fc.record({
      name: fc.constant('All'),
      ...query,
      mode: fc.constantFrom('full', 'incremental', 'diff'),
      limit: maybe(fc.integer({ min: 1, max: 1e6 })),
      changesAs: fc.constantFrom('column', 'files'),
      format: fc.record({ type: fc.constantFrom(...Object.keys(formats)) }),
      compression: fc.constantFrom('none', 'gzip', 'brotli', 'zstd', 'zip'),
      tables: maybe(fc.array(table, { minLength: 1, maxLength: 2 })),
      personal: maybe(fc.constant('show')),
      split: maybe(fc.record({ rows: fc.integer({ min: 1 }) })),
      partitionBy: maybe(fc.array(field, { minLength: 1, maxLength: 2 })),
      destination: fc.record({
        type: fc.constant('download'),
        expiresInHours: fc.integer({ min: 1, max: 720 }),
      }),
    }),
    grouped,
  )
  .map(([asked, groups]) => exportDefinition.safeParse({ ...asked, ...groups }))
  .filter(({ success }) => success)
  .map(({ data }) => data as NonNullable<typeof data>);

describe('an export that is edited', () => {
  it('and left as it is stays the same', () => {
    fc.assert(
      fc.property(definition, (saved) => {
        expect(exportDefinition.parse(definitionOf(newDraft(saved), []))).toEqual(saved);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what the editor knows nothing of', () => {
    const saved = exportDefinition.parse({ name: 'All', dataset: 'places', columns: [{ source: 'code' }] });
    const later = { ...saved, columns: [{ source: 'code', later: [1] }], sheets: [{ name: 'Two' }] };
    expect(definitionOf(newDraft(later), [])).toEqual(later);
  });
});
