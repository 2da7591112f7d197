import type { HealthState } from './health.ts';

/** What can be done, in a sentence, and where. */
export interface Advice {
  readonly text: string;
  /** A page of the application. */
  readonly path?: string;
}

interface Entry {
  readonly text: string;
  /** Below the source's page. */
  readonly place?: 'settings' | 'mapping' | 'rejects';
}

const settings = (text: string): Entry => ({ text, place: 'settings' });

const onErrors: Readonly<Record<string, Entry>> = {
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
  NETWORK_ERROR: settings('It may pass by itself: sync again in a while, or check the address.'),
  RATE_LIMITED: { text: 'The source asks to be called less often. Sync again later.' },
};

const otherwise: Entry = { text: 'Sync again; if it goes on, look at the settings.' };

/** What to do about the error that ended a sync of a source. */
export function adviceOn(code: string | undefined, sourceId: string): Advice {
  return advice(onErrors[code ?? ''] ?? otherwise, sourceId);
}

/** What to do about a source that is not well; null where it is. */
export function adviceOnHealth(
  state: HealthState,
  code: string | undefined,
  sourceId: string,
): Advice | null {
  switch (state) {
    case 'ok':
      return null;
    case 'failed':
      return adviceOn(code, sourceId);
    case 'late':
      return advice(
        settings(
          'Its syncs take too long, wait for a limit or were stopped: see its runs, or sync it less often.',
        ),
        sourceId,
      );
    case 'rows_off':
      return advice(
        {
          text: 'Compare it with the source. If it is right, leave it: after some syncs it is the new measure.',
        },
        sourceId,
      );
    case 'silent':
      return {
        text: 'Sync it now. If that does not begin either, the queue or the clock that calls us has stopped: see the health of the installation.',
        path: '/settings/health',
      };
  }
}

function advice({ text, place }: Entry, sourceId: string): Advice {
  return { text, ...(place && { path: `/sources/${sourceId}/${place}` }) };
}
