import { createContext } from 'react';
import type { Column } from '#lib/core/columns.ts';

interface Builder {
  readonly columns: readonly Column[];
  /** By the id of each condition that is not complete: what is missing. */
  readonly problems: ReadonlyMap<number, string>;
  /** The condition that was added just now, to be filled in at once. */
  readonly addedId: number | undefined;
  noteAdded(id: number): void;
}

/** What every part of one filter builder needs. */
export const BuilderContext = createContext<Builder>({
  columns: [],
  problems: new Map(),
  addedId: undefined,
  noteAdded: () => undefined,
});
