import type { Route } from 'next';

interface Advice {
  readonly text: string;
  /** Where it is done, below the source's page. */
  readonly place?: 'settings' | 'mapping' | 'rejects';
}

const settings = (text: string): Advice => ({ text, place: 'settings' });

const advices: Readonly<Record<string, Advice>> = {
  AUTH_FAILED: settings('Enter the credentials again in the settings, then sync.'),
  REQUEST_REFUSED: settings('Check the address in the settings, then sync.'),
  not_found: settings('Check the address or upload the file again in the settings, then sync.'),
  DATA_ERROR: settings('Check that the address leads to the file itself, and the options, in the settings.'),
  MAPPING_ERROR: { text: 'Look at the mapping, save it, then sync.', place: 'mapping' },
  data_validation_failed: {
    text: 'Look at the rejected rows, and correct the mapping or the source; then sync.',
    place: 'rejects',
  },
  throttled: settings('Its limits are used up for now: wait, or raise your own limits in the settings.'),
  NETWORK_ERROR: {
    text: 'It may pass by itself: sync again in a while, or check the address.',
    place: 'settings',
  },
  RATE_LIMITED: { text: 'The source asks to be called less often. Sync again later.' },
};

/** What to do about the error that ended a sync, and where. */
export function adviceOn(code: string, sourceId: string): { text: string; href?: Route } {
  const { text, place } = advices[code] ?? { text: 'Sync again; if it goes on, look at the settings.' };
  return { text, ...(place && { href: `/sources/${sourceId}/${place}` as Route }) };
}
