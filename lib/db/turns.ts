/** Runs work in its turn: at most `most()` pieces at once, the others after them in the order in which they came. */
export function turns(most: () => number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  function next(): void {
    const begin = waiting.shift();
    if (begin) begin();
    else running -= 1;
  }

  return async (work) => {
    if (running >= most()) await new Promise<void>((begin) => waiting.push(begin));
    else running += 1;
    try {
      return await work();
    } finally {
      next();
    }
  };
}
