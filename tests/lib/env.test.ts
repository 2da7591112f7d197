import { expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { useEnvironment } from '#tests/support/environment.ts';

const database = {
  url: 'postgres://nobody@127.0.0.1:1/none',
  serviceUrl: 'postgres://nobody@127.0.0.1:1/none',
};

it('a Redis without its token is refused, without saying where it is', () => {
  useEnvironment(database, { UPSTASH_REDIS_REST_URL: 'https://calm-otter.upstash.io' });
  expect(env).toThrow(/UPSTASH_REDIS_REST_URL: is set together with UPSTASH_REDIS_REST_TOKEN/);
  expect(env).not.toThrow(/calm-otter/);
});
