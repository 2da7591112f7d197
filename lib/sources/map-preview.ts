import { z } from 'zod';
import type { StreamDefinition } from '#connectors/contract.ts';
import { loadConnector } from '#connectors/registry.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { compileStream, type MappedRows } from '#lib/datasets/compile-stream.ts';
import { fieldMappingSchema, type MappingTarget } from '#lib/datasets/mapping.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import type { MappedValues, RefusedValues } from '#lib/datasets/row-mapper.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';
import { type StreamFields, streamMappingSchema, streamProblems } from '#lib/datasets/stream-mapping.ts';
import { suggestFields } from '#lib/datasets/suggest-fields.ts';
import { sampledColumns, sampledItems } from '#lib/datasets/suggest-paths.ts';
import { columnView } from '#lib/datasets/view.ts';
import { asMember } from '#lib/db/as-member.ts';

const MOST_ROWS = 50;
const MOST_ITEMS = 500;
const LONGEST_ROWS = 1_000_000;

const dataset = z.union([z.string(), z.strictObject(datasetSchema.shape).pick({ columns: true, key: true })]);
const fields = fieldMappingSchema.optional().meta({
  description: 'Suggested by the names, types and values of the rows where absent.',
});
const { shape } = streamMappingSchema;
const list = shape.also.unwrap().element;

/** Rows of a stream to be mapped for a look, onto datasets that are there or that are yet to be made. */
export const mapPreviewInput = z
  .strictObject({
    stream: z.string(),
    dataset,
    fields,
    also: z.array(list.extend({ dataset, fields })).max(10).default([]),
    keepExtra: shape.keepExtra,
    rows: z.string().max(LONGEST_ROWS).transform(parseRows).meta({
      description: 'A JSON array of objects, as its text: so that numbers keep all of their digits.',
    }),
  })
  .meta({
    examples: [
      { stream: 'rows', dataset: 'zipcodes', rows: '[{ "zip_code": "99501", "city": "Anchorage" }]' },
    ],
  });
export type MapPreviewInput = z.output<typeof mapPreviewInput>;

const place = z.int().meta({ description: 'Counted from 1.' });
const mappedRow = z.object({
  row: place,
  externalId: z.string(),
  values: z.array(z.string().nullable()).readonly(),
});
const mappedDataset = {
  fields: fieldMappingSchema,
  columns: z.array(columnView).readonly().meta({
    description:
      'The mapped ones, in the dataset’s order; then `extra` and `parent_external_id`, where there are.',
  }),
  rows: z.array(mappedRow).readonly(),
};

/** What a sync would make of the rows; each is among the one or the other, counted from 1. */
export const mapPreview = z.object({
  ...mappedDataset,
  rejects: z
    .array(
      z.object({
        row: place,
        place: z.string().optional().meta({ description: 'Of an item that was refused: `lines[0]`.' }),
        field: z.string(),
        reason: z.string(),
        value: z.unknown(),
      }),
    )
    .readonly(),
  also: z
    .array(z.object({ each: z.string(), ...mappedDataset }))
    .readonly()
    .meta({ description: 'The rows that are made of the items of lists, in the order that was asked for.' }),
});
export type MapPreview = Readonly<z.infer<typeof mapPreview>>;

/**
 * Maps rows as a sync of that stream does, and stores nothing. Throws `not_found` for a connector, stream or
 * dataset that there is not, and `invalid` naming each field that does not fit.
 */
export async function previewMapping(
  session: Session,
  connector: string,
  input: MapPreviewInput,
): Promise<MapPreview> {
  const stream = await streamOf(connector, input.stream);
  const targets: MappingTarget[] = [];
  for (const one of [input, ...input.also]) targets.push(await targetOf(session, one.dataset));
  const mapping = withSuggestions(input, targets);
  if (!isComplete(input, mapping, targets)) return onlySuggested(mapping);
  const problems = streamProblems(mapping, targets, stream);
  if (Object.keys(problems).length > 0) {
    throw new EntrepotError('invalid', 'The mapping does not fit the dataset.', { fields: problems });
  }
  return mapped(input.rows, mapping, targets, stream);
}

type Whole = StreamFields & { readonly also: NonNullable<StreamFields['also']> };

function mapped(
  rows: MapPreviewInput['rows'],
  mapping: Whole,
  targets: readonly MappingTarget[],
  stream: StreamDefinition,
): MapPreview {
  const compiled = compileStream(mapping, targets, stream);
  const results = rows.map((values, index) => ({ row: index + 1, result: compiled.map({ values }) }));
  const ofTarget = (target: number) => ({
    columns: compiled.targets[target]?.columns ?? [],
    rows: results
      .flatMap(({ row, result }) =>
        result.ok ? (result.rows[target] ?? []).map((one) => shown(row, one)) : [],
      )
      .slice(0, MOST_ITEMS),
  });
  return {
    fields: mapping.fields,
    ...ofTarget(0),
    rejects: results.flatMap(({ row, result }) => rejectsOf(row, result)).slice(0, MOST_ITEMS),
    also: mapping.also.map(({ each, fields }, index) => ({ each, fields, ...ofTarget(index + 1) })),
  };
}

function shown(row: number, { externalId, values }: MappedValues): MapPreview['rows'][number] {
  return { row, externalId, values };
}

function rejectsOf(row: number, result: MappedRows | RefusedValues): MapPreview['rejects'][number][] {
  if (!result.ok) return [{ row, field: result.field, reason: result.reason, value: result.value }];
  return result.refused.map(({ place, field, reason, value }) => ({ row, place, field, reason, value }));
}

/** The mapping with what could be guessed where nothing was given. */
function withSuggestions(
  { fields, also, keepExtra, rows }: MapPreviewInput,
  [own, ...others]: readonly MappingTarget[],
): Whole {
  return {
    fields: fields ?? suggestFields(sampledColumns(rows), own?.columns ?? []),
    also: also.map((list, place) => ({
      each: list.each,
      fields: list.fields ?? suggestFields(sampledItems(rows, list.each), others[place]?.columns ?? []),
    })),
    keepExtra,
  };
}

/** Whether every key is mapped, where the mapping is a suggestion; one that was given is checked. */
function isComplete(given: MapPreviewInput, mapping: Whole, targets: readonly MappingTarget[]): boolean {
  const suggestions = [mapping, ...mapping.also];
  return [given, ...given.also].every(
    ({ fields }, place) =>
      fields !== undefined ||
      targets[place]?.key.every((column) => Object.hasOwn(suggestions[place]?.fields ?? {}, column)),
  );
}

function onlySuggested({ fields, also }: Whole): MapPreview {
  const nothing = { columns: [], rows: [] };
  return { fields, ...nothing, rejects: [], also: also.map((list) => ({ ...list, ...nothing })) };
}

/** A dataset that is there by its name, or as it was given. */
async function targetOf(session: Session, dataset: MapPreviewInput['dataset']): Promise<MappingTarget> {
  return typeof dataset === 'string' ? asMember(session, (tx) => findDataset(tx, dataset)) : dataset;
}

async function streamOf(connector: string, name: string): Promise<StreamDefinition> {
  const { definition } = await loadConnector(connector);
  const stream = definition.streams.find((one) => one.name === name);
  if (!stream) throw new EntrepotError('not_found', `${definition.name} has no stream "${name}".`);
  return stream;
}

const row = z.record(z.string(), z.unknown());

function parseRows(text: string, context: z.RefinementCtx): z.output<typeof row>[] {
  try {
    return z.array(row).max(MOST_ROWS).parse(parseExactJson(text));
  } catch {
    context.addIssue(`must be a JSON array of at most ${MOST_ROWS} objects, as text`);
    return z.NEVER;
  }
}
