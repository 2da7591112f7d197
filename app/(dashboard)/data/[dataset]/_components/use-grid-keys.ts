'use client';

import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react';

interface GridKeys {
  /** The row at which the Tab key stops. */
  readonly stop: number;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  onClick(event: MouseEvent<HTMLElement>): void;
}

interface GridKeysOptions {
  readonly rowCount: number;
  readonly pageRows: number;
  readonly grid: RefObject<HTMLElement | null>;
  scrollTo(index: number): void;
  onOpen(index: number): void;
}

/** Moves from row to row by the arrow keys, Page Up and Down, Home and End; Enter opens. */
export function useGridKeys({ rowCount, pageRows, grid, scrollTo, onOpen }: GridKeysOptions): GridKeys {
  const [stop, setStop] = useState(0);
  const focus = (index: number) => {
    setStop(index);
    scrollTo(index);
    // By then the row is there, wherever it was.
    requestAnimationFrame(() => rowOf(grid.current, index)?.focus({ preventScroll: true }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = indexOf(event.target);
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(event.key, { at, pageRows, last: rowCount - 1 });
    if (next === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (next === undefined) onOpen(at);
    else focus(next);
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const at = indexOf((target as HTMLElement).closest('[data-index]'));
    // Whoever has marked a text wants to copy it.
    if (at === undefined || document.getSelection()?.toString()) return;
    setStop(at);
    onOpen(at);
  };
  return { stop: Math.min(stop, Math.max(rowCount - 1, 0)), onKeyDown, onClick };
}

/** Which row an element is. */
function indexOf(element: EventTarget | null): number | undefined {
  const index = element instanceof HTMLElement ? element.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}

function target(key: string, { at, pageRows, last }: { at: number; pageRows: number; last: number }) {
  const moved: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: last,
  };
  const index = moved[key];
  return index === undefined ? undefined : Math.min(Math.max(index, 0), last);
}

function rowOf(grid: HTMLElement | null, index: number): HTMLElement | null | undefined {
  return grid?.querySelector<HTMLElement>(`[data-index="${index}"]`);
}
