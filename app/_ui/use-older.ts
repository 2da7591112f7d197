'use client';

import { type More, type Page, useMore } from './use-more.ts';

/**
 * A list, latest first, that begins with the page's own first items and goes on with those that `path` gives. A
 * newer first page takes its place at the top, and what was loaded stays.
 */
export function useOlder<Item extends { readonly id: string }>(path: string, first: Page<Item>): More<Item> {
  return useMore(path, first, ({ id }) => id);
}
