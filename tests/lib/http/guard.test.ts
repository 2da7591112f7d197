import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve, serveRaw } from '#tests/support/servers.ts';
import { client, errorOf, text } from './calls.ts';

const publicOnly = { allowLoopback: false, deniedPorts: [] };

/** Answers each question with the next list of addresses, the last one for ever. */
function nameServer(...answers: string[][]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, _options, callback) => {
    asked.push(hostname);
    const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, asked };
}

describe('the guard', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::]:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://①②⑦.0.0.1:PORT/',
  ])('%s is refused without a connection', async (address) => {
    let connections = 0;
    const server = await serveRaw(() => connections++);
    const { fetch, waits } = client({ policy: publicOnly });
    const error = await errorOf(fetch({ url: address.replace('PORT', String(server.port)) }));
    expect(error.code).toBe('REQUEST_REFUSED');
    expect(error.message).toContain('public internet');
    expect({ connections, waits }).toEqual({ connections: 0, waits: [] });
  });

  it('loopback is reached where the policy allows it, our own ports never', async () => {
    const server = await serve((_, response) => response.end('open'));
    const { fetch } = client();
    expect(await text((await fetch({ url: server.url })).body)).toBe('open');

    const closed = client({ policy: { allowLoopback: true, deniedPorts: [server.port] } });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.8.8.8']) {
      const error = await errorOf(closed.fetch({ url: `http://${host}:${server.port}/` }));
      expect(error.code).toBe('REQUEST_REFUSED');
    }
  });

  it('a name is refused for what it resolves to', async () => {
    const { lookup } = nameServer(['10.0.0.5', '::ffff:10.0.0.5']);
    const error = await errorOf(
      client({ lookup }).fetch({ url: 'http://intranet.example/secret?token=abc' }),
    );
    expect(error.code).toBe('REQUEST_REFUSED');
    expect(error.message).not.toContain('abc');
  });

  it('of several addresses only an allowed one is connected to', async () => {
    const server = await serve((_, response) => response.end('the right one'));
    const { lookup, asked } = nameServer(['10.255.255.1', '127.0.0.1', '169.254.169.254']);
    const { fetch } = client({ lookup });
    expect(await text((await fetch({ url: `http://shop.example:${server.port}/` })).body)).toBe(
      'the right one',
    );
    expect(asked).toEqual(['shop.example']);
  });

  it('a name that answers differently the second time gains nothing', async () => {
    const server = await serve((_, response) => response.setHeader('connection', 'close').end('first'));
    const { lookup, asked } = nameServer(['127.0.0.1'], ['169.254.169.254']);
    const { fetch } = client({ lookup });
    const url = `http://rebind.example:${server.port}/`;
    expect(await text((await fetch({ url })).body)).toBe('first');
    expect((await errorOf(fetch({ url }))).code).toBe('REQUEST_REFUSED');
    expect(asked).toHaveLength(2);
  });

  it('a name that does not exist is said so at once', async () => {
    const lookup: LookupFunction = (_hostname, _options, callback) => {
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '');
    };
    const { fetch, waits } = client({ lookup });
    const error = await errorOf(fetch({ url: 'http://no-such-shop.example/' }));
    expect(error).toMatchObject({
      code: 'REQUEST_REFUSED',
      message: expect.stringContaining('no-such-shop.example'),
    });
    expect(waits).toEqual([]);
  });

  it.each([
    ['ftp://shop.example/a.csv', 'http:// or https://'],
    ['file:///etc/passwd', 'http:// or https://'],
    ['javascript:alert(1)', 'http:// or https://'],
    ['http://user:hunter2@shop.example/', 'credentials'],
    ['http://hunter2@shop.example/', 'credentials'],
    ['not a url hunter2', 'valid URL'],
    ['http://', 'valid URL'],
  ])('%s is refused with a sentence that holds no secret', async (url, hint) => {
    const { lookup, asked } = nameServer(['127.0.0.1']);
    const error = await errorOf(client({ lookup }).fetch({ url }));
    expect(error.code).toBe('REQUEST_REFUSED');
    expect(error.message).toContain(hint);
    expect(error.message).not.toContain('hunter2');
    expect(asked).toEqual([]);
  });

  it('a host that the connector does not name is not called', async () => {
    const { lookup, asked } = nameServer(['127.0.0.1']);
    const { fetch } = client({ lookup, allowedHosts: ['api.vendor.example'] });
    expect((await errorOf(fetch({ url: 'http://api.vendor.example.evil.example/' }))).code).toBe(
      'REQUEST_REFUSED',
    );
    expect(asked).toEqual([]);
  });
});
