import type { Draft } from './draft.ts';
import { missingOf } from './query-draft.ts';
import { missingInTables } from './table-draft.ts';

/** The four steps, in their order. */
export const steps = [
  { label: 'Format', description: 'What kind of file' },
  { label: 'Data', description: 'Which rows and columns' },
  { label: 'Options', description: 'How it is written' },
  { label: 'Delivery', description: 'Name and download' },
] as const;

export const LAST_STEP = steps.length - 1;
const [FORMAT, DATA, OPTIONS, DELIVERY] = [0, 1, 2, 3];

/** What is still missing in each step, in words; empty where nothing is. */
export function missing(draft: Draft): readonly string[] {
  return ['', missingData(draft), '', draft.name.trim() ? '' : 'Give the export a name.'];
}

function missingData(draft: Draft): string {
  if (!draft.dataset) return 'Choose the data to export.';
  return missingOf(draft) || missingInTables(draft.tables);
}

/** The furthest step that may be visited: all before it have what they need. */
export function reachable(draft: Draft): number {
  const first = missing(draft).findIndex(Boolean);
  return first === -1 ? LAST_STEP : first;
}

/** The step that holds the input for a field of the definition, by its dotted path. */
export function stepOf(path: string): number {
  if (path === 'format' || path.startsWith('format.type')) return FORMAT;
  const [field = ''] = path.split('.');
  if (['format', 'compression', 'split', 'partitionBy'].includes(field)) return OPTIONS;
  return field === 'name' || field === 'destination' ? DELIVERY : DATA;
}
