import { loadConnector } from '#connectors/registry.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { datasetsOf } from '#lib/datasets/stream-mapping.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { readCredentials } from '#lib/secrets/credentials.ts';
import { type Connection, connect } from '#lib/sources/connect.ts';
import { originOf } from '#lib/sources/origin.ts';
import { actingAs } from './fence.ts';
import { type FitTo, fitter } from './fit.ts';
import { cacheUseOf } from './from-cache.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** A dataset that a stream fills. */
export interface OpenTarget extends Target {
  /** The dataset's name. */
  readonly dataset: string;
  /** Under which name of the run's counts: the stream's, with the list behind it where it is filled from one. */
  readonly countsAs: string;
}

/** A stream of a run with everything that reading and writing it takes. */
export interface OpenStream {
  readonly name: string;
  /** All pages come out of one body, which is spooled first. */
  readonly spooled: boolean;
  /** The stream's own dataset, with all that the mapping writes. */
  readonly target: OpenTarget;
  /** The dataset and what fills its key, as JSON: another one makes every row another. */
  readonly keyedBy: string;
  /**
   * What of the mapping can be done with the columns that there are, as `fitter` says. Throws `MAPPING_ERROR` where no
   * row can be known without those that are lost.
   */
  readonly fitTo: FitTo;
  /** Reaches the source for a pass, until `signal` aborts; not called where its pages are in the spool. */
  connect(pass: Pass, signal?: AbortSignal): Promise<Connection>;
}

/** Throws `MAPPING_ERROR` where the stream is no longer mapped, or onto what is not there any more. */
export async function openStream(context: JobContext<unknown>, run: Run, name: string): Promise<OpenStream> {
  const { workspaceId, sourceId, sourceType } = run;
  const { definition: connector } = await loadConnector(sourceType);
  const definition = connector.streams.find((stream) => stream.name === name);
  const mapping = run.mappings[name];
  if (!definition || !mapping) {
    throw new EntrepotError('MAPPING_ERROR', `The source has no mapped stream named "${name}".`);
  }
  const datasets = await Promise.all(datasetsOf(mapping).map((dataset) => datasetOf(context, name, dataset)));
  const targetOf = (dataset: Dataset, each: string | undefined, columns: Target['columns']): OpenTarget => ({
    workspaceId,
    sourceId,
    stream: name,
    sourceSystem: sourceType,
    datasetId: dataset.id,
    table: dataset.table,
    columns,
    dataset: dataset.name,
    countsAs: each === undefined ? name : `${name}.${each}`,
  });
  const fitTo = fitter(mapping, datasets, definition, targetOf);
  const [target] = fitTo(undefined).targets;
  return {
    name,
    spooled: definition.spooled(run.config),
    target: target as OpenTarget,
    keyedBy: JSON.stringify([
      target?.datasetId,
      datasets[0]?.key.map((column) => [column, mapping.fields[column] ?? null]),
    ]),
    fitTo,
    connect: async (pass, signal = context.signal) => {
      const { config, rateLimits, meter } = run;
      const credentials = await readCredentials({ workspaceId, sourceId, origin: originOf(config) });
      const access = { type: sourceType, config, credentials };
      return connect(actingAs(context), access, {
        signal,
        timeLeft: context.timeLeft,
        sourceId,
        rateLimits,
        meter,
        cache: cacheUseOf(run, pass),
      });
    },
  };
}

async function datasetOf(context: JobContext<unknown>, stream: string, name: string): Promise<Dataset> {
  try {
    return await asMember(actingAs(context), (tx) => findDataset(tx, name));
  } catch (cause) {
    if (!isEntrepotError(cause) || cause.code !== 'not_found') throw cause;
    throw new EntrepotError(
      'MAPPING_ERROR',
      `The stream "${stream}" is mapped onto the dataset "${name}", which is not there any more. Change the mapping.`,
      { cause },
    );
  }
}
