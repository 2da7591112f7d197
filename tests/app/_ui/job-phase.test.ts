import { expect, it } from 'vitest';
import { phaseOf } from '#app/_ui/job-phase.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const later = '2026-03-01T13:00:00Z';
const earlier = '2026-03-01T11:00:00Z';
const format = { dateTime: (iso: string) => iso };
const queued = {
  kind: 'sync',
  status: 'queued',
  blocked: false,
  cancelRequestedAt: null,
  error: null,
  dueAt: later,
  startedAt: earlier,
  progress: {},
} as const;

it.each<[string, Partial<JobView>]>([
  [`The calls that the source's limits allow are used up; goes on at ${later}`, {}],
  [`Goes on at ${later}`, { kind: 'export' }],
  [`Starts at ${later}`, { startedAt: null }],
  [`A try failed; the next one is due ${later}`, { error: { code: 'NETWORK_ERROR', message: 'No answer.' } }],
  ['Waiting for its turn', { dueAt: earlier }],
  ['Waiting for the jobs before it', { dueAt: earlier, blocked: true }],
  ['Cancelling', { cancelRequestedAt: earlier }],
  ['Reading the source', { status: 'running', progress: { currentPhase: 'reading' } }],
  ['Starting', { status: 'running' }],
])('a job says of itself: %s', (words, changes) => {
  expect(phaseOf({ ...queued, ...changes }, format, now)).toBe(words);
});
