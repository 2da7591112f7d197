import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Answer, Hop } from '#lib/http/exchange.ts';
import { followRedirects } from '#lib/http/redirects.ts';
import { serve } from '#tests/support/servers.ts';
import { client, errorOf, text } from './calls.ts';

function redirectTo(location: string, status = 302) {
  return (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { location }).end('moved');
}

/** Answers with what it was asked. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, body: await readText(request) }));
}

describe('redirects', () => {
  it('a relative redirect within the origin keeps the headers', async () => {
    const server = await serve((request, response) =>
      request.url === '/old' ? redirectTo('new?page=2')(request, response) : echo(request, response),
    );
    const answer = await client().fetch({
      url: `${server.url}/old`,
      headers: { Authorization: 'Bearer s3cret' },
    });
    const seen = JSON.parse(await text(answer.body));
    expect(seen).toMatchObject({
      method: 'GET',
      url: '/new?page=2',
      headers: { authorization: 'Bearer s3cret' },
    });
  });

  it('another origin gets no credential and no header of our own', async () => {
    const other = await serve(echo);
    const server = await serve(redirectTo(`${other.url}/file`));
    const headers = {
      authorization: 'Bearer s3cret',
      cookie: 'a=s3cret',
      'X-Api-Key': 's3cret',
      accept: 'text/csv',
    };
    const raw = await text((await client().fetch({ url: server.url, headers })).body);
    expect(raw).not.toContain('s3cret');
    expect(JSON.parse(raw)).toMatchObject({ url: '/file', headers: { accept: 'text/csv' } });
  });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'question'],
    [308, 'POST', 'question'],
  ])('after %i a POST goes on as %s', async (status, method, body) => {
    const server = await serve((request, response) =>
      request.url === '/old' ? redirectTo('/new', status)(request, response) : echo(request, response),
    );
    const answer = await client().fetch({ url: `${server.url}/old`, method: 'POST', body: 'question' });
    expect(JSON.parse(await text(answer.body))).toMatchObject({ method, body });
  });

  it('the content of a request is not carried to another origin', async () => {
    let called = false;
    const other = await serve((_, response) => {
      called = true;
      response.end();
    });
    const server = await serve(redirectTo(other.url, 307));
    const error = await errorOf(client().fetch({ url: server.url, method: 'POST', body: 'client_secret=x' }));
    expect(error.code).toBe('REQUEST_REFUSED');
    expect(called).toBe(false);
  });

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'http://user:pass@127.0.0.1/',
    'http://[not-an-address/',
  ])('a redirect to %s is refused', async (location) => {
    const server = await serve(redirectTo(location));
    const { fetch, waits } = client();
    expect((await errorOf(fetch({ url: server.url }))).code).toBe('REQUEST_REFUSED');
    expect(waits).toEqual([]);
  });

  it('a redirect to one of our own ports is refused', async () => {
    const own = await serve((_, response) => response.end('internal'));
    const server = await serve(redirectTo(own.url));
    const { fetch } = client({ policy: { allowLoopback: true, deniedPorts: [own.port] } });
    expect((await errorOf(fetch({ url: server.url }))).code).toBe('REQUEST_REFUSED');
  });

  it('a redirect to a host that the connector does not name is refused', async () => {
    const server = await serve(redirectTo('http://localhost:1/'));
    const error = await errorOf(client({ allowedHosts: ['127.0.0.1'] }).fetch({ url: server.url }));
    expect(error).toMatchObject({
      code: 'REQUEST_REFUSED',
      message: 'This connector may not call localhost.',
    });
  });

  it('five redirects are followed and a sixth is refused', async () => {
    let calls = 0;
    const server = await serve((request, response) => {
      calls++;
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('arrived');
      else redirectTo(`/${left - 1}`)(request, response);
    });
    expect(await text((await client().fetch({ url: `${server.url}/5` })).body)).toBe('arrived');
    calls = 0;
    expect((await errorOf(client().fetch({ url: `${server.url}/1000` }))).code).toBe('REQUEST_REFUSED');
    expect(calls).toBe(6);
  });

  it('a step down from https to http is refused', async () => {
    const asked: string[] = [];
    const exchange = async ({ url }: Hop): Promise<Answer> => {
      asked.push(url.href);
      return {
        status: 302,
        headers: { location: 'http://shop.example/' },
        body: new Readable() as Answer['body'],
      };
    };
    const first: Hop = { url: new URL('https://shop.example/'), method: 'GET', headers: {}, body: null };
    expect((await errorOf(followRedirects(first, 'any', exchange))).code).toBe('REQUEST_REFUSED');
    expect(asked).toEqual(['https://shop.example/']);
  });
});
