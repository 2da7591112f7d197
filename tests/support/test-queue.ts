import { type Qstash, startQstash } from '#tests/support/qstash/server.ts';

/** A queue with the keys that `useEnvironment` sets, whose waits before a retry are a fiftieth of the real ones. */
export function startTestQueue(): Promise<Qstash> {
  return startQstash({
    token: 'qstash-token-of-the-tests',
    currentSigningKey: 'sig_current_of_the_tests',
    nextSigningKey: 'sig_next_of_the_tests',
    retryDelayScale: 0.02,
  });
}
