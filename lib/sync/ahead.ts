/** Makes the next item while the one before is worked on; ends once nothing is being made any more. */
export async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let coming = items.next();
  try {
    for (;;) {
      const { value, done } = await coming;
      if (done) return;
      coming = items.next();
      // Its failure is heard of when its turn comes.
      coming.catch(() => undefined);
      yield value;
    }
  } finally {
    await coming.catch(() => undefined);
    await items.return(undefined);
  }
}
