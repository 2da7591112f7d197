import type { ConnectorDefinition } from '#connectors/contract.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { type Dataset, findTable } from '#lib/datasets/registry.ts';
import { datasetsOf, type StreamMapping, streamProblems } from '#lib/datasets/stream-mapping.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { StreamMappings } from './definition.ts';

/** Throws `invalid`, naming each wrong field, unless every stream exists and is mapped onto columns that do. */
export async function checkStreams(
  tx: Tx,
  connector: ConnectorDefinition,
  streams: StreamMappings,
): Promise<void> {
  const fields: Record<string, string> = {};
  for (const [name, mapping] of Object.entries(streams)) {
    const problems = await problemsOf(tx, connector, name, mapping);
    for (const [place, problem] of Object.entries(problems)) {
      fields[['streams', name, place].filter(Boolean).join('.')] = problem;
    }
  }
  if (Object.keys(fields).length === 0) return;
  throw new EntrepotError('invalid', 'The mapping does not fit.', { fields });
}

async function problemsOf(
  tx: Tx,
  connector: ConnectorDefinition,
  name: string,
  mapping: StreamMapping,
): Promise<Readonly<Record<string, string>>> {
  const stream = connector.streams.find((one) => one.name === name);
  if (!stream) {
    const names = connector.streams.map((one) => one.name).join(', ');
    return { '': `${connector.name} has no such stream; it has: ${names}` };
  }
  const names = datasetsOf(mapping);
  const targets: Dataset[] = [];
  for (const [index, dataset] of names.entries()) {
    const place = index === 0 ? 'dataset' : `also.${index - 1}.dataset`;
    if (names.indexOf(dataset) < index)
      return { [place]: 'is filled by this stream already: choose another' };
    const found = await datasetNamed(tx, dataset);
    if (typeof found === 'string') return { [place]: found };
    targets.push(found);
  }
  return streamProblems(mapping, targets, stream);
}

/** The dataset, or why there is none. */
async function datasetNamed(tx: Tx, name: string): Promise<Dataset | string> {
  try {
    return await findTable(tx, name);
  } catch (error) {
    if (isEntrepotError(error) && ['not_found', 'invalid'].includes(error.code)) return error.message;
    throw error;
  }
}
