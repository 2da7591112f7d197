import { expect, it } from 'vitest';
import { healthOf, problemOf } from '#app/(dashboard)/sources/_components/health.ts';

type Standing = Parameters<typeof healthOf>[0] & Parameters<typeof problemOf>[0];

const standing = (changes: Partial<Standing>): Standing => ({
  enabled: true,
  syncStatus: 'completed',
  health: 'ok',
  healthReason: null,
  syncError: null,
  ...changes,
});

it.each<[string, Partial<Standing>]>([
  ['ok', {}],
  ['idle', { syncStatus: 'idle' }],
  ['late', { health: 'late' }],
  ['silent', { syncStatus: 'idle', health: 'silent' }],
  ['error', { syncStatus: 'cancelled', health: 'failed' }],
  ['error', { syncStatus: 'failed' }],
  ['syncing', { syncStatus: 'queued', health: 'late' }],
  ['disabled', { enabled: false, health: 'failed' }],
])('a source is shown as %s', (shown, changes) => {
  expect(healthOf(standing(changes))).toBe(shown);
});

it('what is wrong is the error of the last sync, else why the source is not well', () => {
  const syncError = { code: 'AUTH_FAILED', message: 'The key is refused.' };
  expect(problemOf(standing({ syncError, health: 'failed', healthReason: 'Before.' }))).toBe(
    syncError.message,
  );
  expect(problemOf(standing({ health: 'late', healthReason: 'It is late.' }))).toBe('It is late.');
  expect(problemOf(standing({ syncError: { code: 'cancelled', message: 'Stopped.' } }))).toBeNull();
  expect(problemOf(standing({ enabled: false, health: 'late', healthReason: 'It is late.' }))).toBeNull();
});
