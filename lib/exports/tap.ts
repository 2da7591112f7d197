/** The items of `source` as they are, each looked at as it passes. */
export async function* tap<T>(source: AsyncIterable<T>, look: (item: T) => void): AsyncGenerator<T> {
  for await (const item of source) {
    look(item);
    yield item;
  }
}
