import { loadConnector } from '#connectors/registry.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { type CompiledMapping, compileMapping } from '#lib/datasets/mapping.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { readCredentials } from '#lib/secrets/credentials.ts';
import { type Connection, connect } from '#lib/sources/connect.ts';
import { originOf } from '#lib/sources/origin.ts';
import { actingAs } from './fence.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** A stream of a run with everything that reading and writing it takes. */
export interface OpenStream {
  readonly name: string;
  /** All pages come out of one body, which is spooled first. */
  readonly spooled: boolean;
  readonly mapping: CompiledMapping;
  /** The dataset's name. */
  readonly dataset: string;
  readonly target: Target;
  /** Reaches the source, until `signal` aborts; not called where its pages are in the spool. */
  connect(signal?: AbortSignal): Promise<Connection>;
}

/** Throws `MAPPING_ERROR` where the stream is no longer mapped, or onto what is not there any more. */
export async function openStream(context: JobContext<unknown>, run: Run, name: string): Promise<OpenStream> {
  const { workspaceId, sourceId, sourceType } = run;
  const { definition: connector } = await loadConnector(sourceType);
  const definition = connector.streams.find((stream) => stream.name === name);
  const mapped = run.mappings[name];
  if (!definition || !mapped) {
    throw new EntrepotError('MAPPING_ERROR', `The source has no mapped stream named "${name}".`);
  }
  const dataset = await datasetOf(context, name, mapped.dataset);
  const mapping = compileMapping(mapped.fields, dataset, definition);
  return {
    name,
    spooled: definition.spooled(run.config),
    mapping,
    dataset: dataset.name,
    target: {
      workspaceId,
      sourceId,
      stream: name,
      sourceSystem: sourceType,
      datasetId: dataset.id,
      table: dataset.table,
      columns: mapping.columns,
    },
    connect: async (signal = context.signal) => {
      const credentials = await readCredentials({ workspaceId, sourceId, origin: originOf(run.config) });
      const access = { type: sourceType, config: run.config, credentials };
      return connect(actingAs(context), access, { signal, timeLeft: context.timeLeft });
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
