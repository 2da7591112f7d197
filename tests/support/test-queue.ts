import { type Qstash, startQstash } from '#tests/support/qstash/server.ts';

/** A queue with the keys that `useEnvironment` sets, whose waits before a retry are so much of the real ones. */
export function startTestQueue(retryDelayScale = 0.02): Promise<Qstash> {
  return startQstash({
    token: 'qstash-token-of-the-tests',
    currentSigningKey: 'sig_current_of_the_tests',
    nextSigningKey: 'sig_next_of_the_tests',
    retryDelayScale,
  });
}
