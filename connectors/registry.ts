import { EntrepotError } from '#lib/core/errors.ts';
import type { Connector } from './contract.ts';

/** Every connector by its id, its code loaded on first use; a test may add one of its own. */
export const connectors = new Map<string, () => Promise<Connector>>([
  ['csv', async () => (await import('./csv/connector.ts')).csvConnector],
  ['excel', async () => (await import('./excel/connector.ts')).excelConnector],
  ['json', async () => (await import('./json/connector.ts')).jsonConnector],
]);

/** The connector of that id, its code loaded on first use; throws `not_found`. */
export async function loadConnector(id: string): Promise<Connector> {
  const load = connectors.get(id);
  if (!load) throw new EntrepotError('not_found', `There is no connector named "${id}".`);
  return load();
}
