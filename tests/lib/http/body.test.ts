import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serve, serveRaw } from '#tests/support/servers.ts';
import { client, errorOf, text } from './calls.ts';

const plain = randomBytes(100_000).toString('hex');

const encodings = {
  gzip: gzipSync(plain),
  'x-gzip': gzipSync(plain),
  deflate: deflateSync(plain),
  br: brotliCompressSync(plain),
  zstd: zstdCompressSync(plain),
  'gzip, br': brotliCompressSync(gzipSync(plain)),
  identity: Buffer.from(plain),
};

function serveEncoded(encoding: string, bytes: Uint8Array) {
  return serve((_, response) => response.setHeader('content-encoding', encoding).end(bytes));
}

async function read(url: string, options?: Parameters<typeof client>[0]): Promise<string> {
  return text((await client(options).fetch({ url })).body);
}

describe('a body', () => {
  it.each(Object.entries(encodings))('is decoded of %s', async (encoding, bytes) => {
    const { url } = await serveEncoded(encoding, bytes);
    expect((await read(url)) === plain).toBe(true);
  });

  it('may be empty although an encoding is named', async () => {
    const { url } = await serveEncoded('gzip', new Uint8Array());
    expect(await read(url)).toBe('');
  });

  it('that is a compressed file is left as it is', async () => {
    const file = gzipSync('a,b\n1,2\n');
    const server = await serve((_, response) =>
      response.setHeader('content-type', 'application/gzip').end(file),
    );
    const chunks = await Array.fromAsync((await client().fetch({ url: server.url })).body);
    expect(Buffer.concat(chunks)).toEqual(file);
  });

  it.each(['gzip', 'br', 'zstd', 'deflate'] as const)(
    'cut inside its %s is an error that names the byte',
    async (encoding) => {
      const half = encodings[encoding].subarray(0, 5_000);
      const { url } = await serveEncoded(encoding, half);
      const error = await errorOf(read(url));
      expect(error).toMatchObject({
        code: 'NETWORK_ERROR',
        message: expect.stringContaining('at byte 5000'),
      });
    },
  );

  it.each(['gzip', 'br', 'zstd', 'deflate'])(
    'that is not in the %s it claims is a data error',
    async (encoding) => {
      const { url } = await serveEncoded(encoding, Buffer.from('<html>sorry, an error page instead</html>'));
      expect((await errorOf(read(url))).code).toBe('DATA_ERROR');
    },
  );

  it('encoded again and again is a data error', async () => {
    const { url } = await serveEncoded('gzip, '.repeat(1_000), gzipSync('x'));
    expect((await errorOf(read(url))).code).toBe('DATA_ERROR');
  });

  it.each(['compress', 'constructor'])('in the encoding %s is a data error', async (encoding) => {
    const { url } = await serveEncoded(encoding, Buffer.from('x'));
    expect((await errorOf(read(url))).code).toBe('DATA_ERROR');
  });

  it.each([
    ['shorter than its stated length', 'content-length: 100'],
    ['that ends amid its chunks', 'transfer-encoding: chunked'],
  ])('%s is an error that names the byte', async (_, header) => {
    const content = header.startsWith('transfer') ? '5\r\nhello\r\n' : 'hello';
    const { url } = await serveRaw((socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n${content}`));
    });
    const error = await errorOf(read(`${url}/file?token=hunter2`));
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', message: expect.stringContaining('after 5 bytes') });
    expect(error.message).not.toContain('hunter2');
  });

  it('is not asked for again once it was handed over', async () => {
    let calls = 0;
    const server = await serve((_, response) => {
      calls++;
      response.writeHead(200, { 'content-length': 100 }).write('hello');
      setImmediate(() => response.destroy());
    });
    expect((await errorOf(read(server.url))).code).toBe('NETWORK_ERROR');
    expect(calls).toBe(1);
  });

  it('that breaks before it is read throws only when it is read', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('hello');
      setImmediate(() => response.destroy());
    });
    const { body } = await client().fetch({ url: server.url });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await errorOf(text(body))).code).toBe('NETWORK_ERROR');
  });

  it('that stalls is an error', async () => {
    const server = await serve((_, response) => void response.writeHead(200).write('hello'));
    const error = await errorOf(read(server.url, { limits: { idleTimeoutMs: 100 } }));
    expect(error).toMatchObject({
      code: 'NETWORK_ERROR',
      message: expect.stringContaining('stopped sending after 5 bytes'),
    });
  });

  it('ends with the signal and its reason', async () => {
    const abort = new AbortController();
    const reason = new Error('the lease is lost');
    const server = await serve((_, response) => void response.writeHead(200).write('hello'));
    const { body } = await client({ signal: abort.signal }).fetch({ url: server.url });
    const reading = text(body);
    abort.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it('read slowly is sent slowly, so that memory does not grow with it', async () => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    let sent = 0;
    const server = await serve(async (_, response) => {
      for (; sent < 200; sent++) {
        if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
      }
      response.end();
    });
    const { body } = await client().fetch({ url: server.url });
    let bytes = 0;
    for await (const part of body) {
      if (bytes === 0) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(sent).toBeLessThan(50);
      }
      bytes += part.length;
    }
    expect(bytes).toBe(200_000_000);
  });

  it('left early closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      response.on('close', closed.resolve);
      const more = () => {
        while (response.write(plain));
        response.once('drain', more);
      };
      more();
    });
    const { body } = await client().fetch({ url: server.url });
    for await (const chunk of body) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await closed.promise;
  });
});

describe('the size limit', () => {
  const limits = { maxBytes: 1_000_000 };

  it('refuses a stated length before reading', async () => {
    const server = await serve(
      (_, response) => void response.writeHead(200, { 'content-length': 1_000_001 }).flushHeaders(),
    );
    const error = await errorOf(client({ limits }).fetch({ url: server.url }));
    expect(error).toMatchObject({ code: 'too_large', message: expect.stringContaining('1 MB') });
  });

  it('ends a body that never ends', async () => {
    const server = await serve((_, response) => {
      const more = () => {
        while (response.write(plain));
        response.once('drain', more);
      };
      more();
    });
    expect((await errorOf(read(server.url, { limits }))).code).toBe('too_large');
  });

  it('ends a small body that decodes to a huge one', async () => {
    const { url } = await serveEncoded('gzip', gzipSync(Buffer.alloc(50_000_000)));
    expect((await errorOf(read(url, { limits }))).code).toBe('too_large');
  });
});
