export interface Peeked {
  /** The first bytes: `size` or more, less only where the source is shorter. */
  readonly head: Buffer;
  /** Everything, from the first byte on. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Closes the source, read to its end or not. */
  readonly close: () => Promise<void>;
}

/** Looks at the beginning of a stream without taking anything away from it. The caller closes it. */
export async function peek(source: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const close = async (): Promise<void> => void (await iterator.return?.());
  const first: Uint8Array[] = [];
  for (let length = 0; length < size; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = Buffer.concat(first);
  return { head, bytes: replay(head, iterator), close };
}

async function* replay(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}
