import type { ConnectorDefinition } from '#connectors/contract.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { checkMapping } from '#lib/datasets/mapping.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { StreamMappings } from './definition.ts';

/** Throws `invalid`, naming each wrong field, unless every stream exists and is mapped onto columns that do. */
export async function checkStreams(
  tx: Tx,
  connector: ConnectorDefinition,
  streams: StreamMappings,
): Promise<void> {
  for (const [name, { dataset, fields }] of Object.entries(streams)) {
    const path = `streams.${name}`;
    if (!connector.streams.some((stream) => stream.name === name)) {
      const names = connector.streams.map((stream) => stream.name).join(', ');
      throw refused(path, `${connector.name} has no such stream; it has: ${names}`);
    }
    checkMapping(fields, await datasetAt(tx, dataset, `${path}.dataset`), `${path}.fields`);
  }
}

async function datasetAt(tx: Tx, name: string, path: string) {
  try {
    return await findDataset(tx, name);
  } catch (error) {
    throw isEntrepotError(error) && error.code === 'not_found' ? refused(path, error.message) : error;
  }
}

function refused(path: string, problem: string): EntrepotError {
  return new EntrepotError('invalid', 'The mapping does not fit.', { fields: { [path]: problem } });
}
