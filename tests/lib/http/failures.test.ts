import { describe, expect, it } from 'vitest';
import { failureOf } from '#lib/http/failures.ts';
import { serve } from '#tests/support/servers.ts';
import { client, errorOf } from './calls.ts';

describe('a request without an answer', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'REQUEST_REFUSED', 'certificate'],
    ['CERT_HAS_EXPIRED', 'REQUEST_REFUSED', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'REQUEST_REFUSED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'REQUEST_REFUSED', 'certificate'],
    ['ENOTFOUND', 'REQUEST_REFUSED', 'no host'],
    ['EAI_AGAIN', 'NETWORK_ERROR', 'EAI_AGAIN'],
    ['ECONNREFUSED', 'NETWORK_ERROR', 'ECONNREFUSED'],
    ['UND_ERR_CONNECT_TIMEOUT', 'NETWORK_ERROR', 'in time'],
    ['ETIMEDOUT', 'NETWORK_ERROR', 'in time'],
  ])('because of %s is %s', (code, means, hint) => {
    const cause = Object.assign(new Error('hunter2'), { code });
    const error = failureOf('shop.example', cause);
    expect(error).toMatchObject({ code: means, cause, message: expect.stringContaining(hint) });
    expect(error.message).toContain('shop.example');
    expect(error.message).not.toContain('hunter2');
  });

  it('because the port does not speak https is told at once', async () => {
    const server = await serve((_, response) => response.end());
    const { fetch, waits } = client();
    const error = await errorOf(fetch({ url: server.url.replace('http', 'https') }));
    expect(error).toMatchObject({ code: 'REQUEST_REFUSED', message: expect.stringContaining('https') });
    expect(waits).toEqual([]);
  });
});
