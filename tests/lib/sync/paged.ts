import type { Ground } from './arrange.ts';

let made = 0;

/** A JSON API of pages, of which each names the next: its config, and what sets the rows of its pages. */
export function newPages({ source }: Pick<Ground, 'source'>) {
  made += 1;
  const path = `/pages-${made}`;
  return {
    config: { url: `${source.url}${path}/0`, rowsPath: 'rows', pagination: { by: 'next', path: 'next' } },
    serve(...pages: readonly (readonly object[])[]) {
      for (const [n, rows] of pages.entries()) {
        const next = n + 1 < pages.length ? `${source.url}${path}/${n + 1}` : null;
        source.bodies.set(`${path}/${n}`, JSON.stringify({ rows, next }));
      }
    },
  };
}

/** Whole numbers from `from` on. */
export function numbers(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
