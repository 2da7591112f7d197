import { once } from 'node:events';
import { connect } from 'node:net';

/** A failure that Redis itself answers with. */
export class RedisError extends Error {}

export type RedisValue = string | number | null | RedisError | RedisValue[];

/** One connection to a Redis; commands are answered in the order in which they are sent. */
export interface RedisConnection {
  send(command: readonly string[]): Promise<RedisValue>;
  close(): void;
}

/** Speaks RESP 2: https://redis.io/docs/latest/develop/reference/protocol-spec */
export async function connectRedis(port: number): Promise<RedisConnection> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting: { resolve(value: RedisValue): void; reject(error: Error): void }[] = [];
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let read = readValue(received, 0); read; read = readValue(received, 0)) {
      received = received.subarray(read.end);
      waiting.shift()?.resolve(read.value);
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the connection to Redis is closed'));
  });
  return {
    send: (command) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection to Redis is closed'));
        waiting.push({ resolve, reject });
        const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
        socket.write(`*${command.length}\r\n${parts.join('')}`);
      }),
    close: () => void socket.destroy(),
  };
}

interface Read {
  readonly value: RedisValue;
  readonly end: number;
}

/** The value that begins at `start`; undefined where it has not arrived whole. */
function readValue(bytes: Buffer, start: number): Read | undefined {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case '+':
      return { value: line, end };
    case '-':
      return { value: new RedisError(line), end };
    case ':':
      return { value: Number(line), end };
    case '$':
      return readText(bytes, end, Number(line));
    default:
      return readArray(bytes, end, Number(line));
  }
}

function readText(bytes: Buffer, start: number, length: number): Read | undefined {
  if (length < 0) return { value: null, end: start };
  const end = start + length + 2;
  return bytes.length < end ? undefined : { value: bytes.toString('utf8', start, start + length), end };
}

function readArray(bytes: Buffer, start: number, length: number): Read | undefined {
  if (length < 0) return { value: null, end: start };
  const items: RedisValue[] = [];
  let end = start;
  for (let n = 0; n < length; n += 1) {
    const item = readValue(bytes, end);
    if (!item) return undefined;
    items.push(item.value);
    end = item.end;
  }
  return { value: items, end };
}
