'use client';

import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useState } from 'react';

/** Where in the grid something is: a cell, or a whole row where `column` is null. */
export interface GridPlace {
  readonly row: number;
  readonly column: number | null;
}

interface GridKeys {
  /** The row at which the Tab key stops. */
  readonly stop: number;
  focus(place: GridPlace): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  onClick(event: MouseEvent<HTMLElement>): void;
}

interface GridKeysOptions {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly pageRows: number;
  readonly grid: RefObject<HTMLElement | null>;
  scrollTo(index: number): void;
  onOpen(row: number): void;
  /** Answers whether the cell can be edited. */
  onEdit(row: number, column: number): boolean;
}

/**
 * Moves from row to row by the arrow keys, Page Up and Down, Home and End, and to their cells by the right arrow. Enter
 * opens a row; on a cell that can be edited, Enter and F2 edit it; Escape goes back from a cell to its row.
 */
export function useGridKeys(options: GridKeysOptions): GridKeys {
  const { rowCount, grid, scrollTo, onOpen, onEdit } = options;
  const [stop, setStop] = useState(0);
  const [wanted, setWanted] = useState<GridPlace>();
  const focus = (place: GridPlace) => {
    setStop(place.row);
    scrollTo(place.row);
    setWanted({ ...place });
  };
  useFocus(grid, wanted);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = placeOf(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(event.key, at, options);
    if (next === undefined && !opening.includes(event.key)) return;
    event.preventDefault();
    if (next) return focus(next);
    const isEdited = at.column !== null && event.key !== ' ' && onEdit(at.row, at.column);
    if (!isEdited && event.key !== 'F2') onOpen(at.row);
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const at = placeOf((target as HTMLElement).closest('[data-column]'));
    // Whoever has marked a text wants to copy it.
    if (at?.column == null || document.getSelection()?.toString()) return;
    setStop(at.row);
    const isPencil = (target as HTMLElement).closest('[data-pencil]') !== null;
    if (!(isPencil && onEdit(at.row, at.column))) onOpen(at.row);
  };
  return { stop: Math.min(stop, Math.max(rowCount - 1, 0)), focus, onKeyDown, onClick };
}

/** Gives the focus to what is wanted, each time that it is wanted anew. */
function useFocus(grid: RefObject<HTMLElement | null>, wanted: GridPlace | undefined): void {
  useEffect(() => {
    if (!wanted) return undefined;
    // By then the row is there, wherever it was.
    const frame = requestAnimationFrame(() => {
      const element = elementAt(grid.current, wanted);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [grid, wanted]);
}

const opening: readonly string[] = ['Enter', ' ', 'F2'];

/** Which row or cell an element is. */
function placeOf(element: EventTarget | null): GridPlace | undefined {
  if (!(element instanceof HTMLElement)) return undefined;
  const index = element.closest<HTMLElement>('[data-index]')?.dataset.index;
  const { column } = element.dataset;
  return index === undefined
    ? undefined
    : { row: Number(index), column: column === undefined ? null : Number(column) };
}

function target(
  key: string,
  { row, column }: GridPlace,
  { rowCount, columnCount, pageRows }: Pick<GridKeysOptions, 'rowCount' | 'columnCount' | 'pageRows'>,
): GridPlace | undefined {
  const moved: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + pageRows,
    PageUp: row - pageRows,
    ...(column === null && { Home: 0, End: rowCount - 1 }),
  };
  const index = moved[key];
  if (index !== undefined) return { row: Math.min(Math.max(index, 0), rowCount - 1), column };
  const last = columnCount - 1;
  const aside: Readonly<Record<string, number | null>> =
    column === null
      ? { ArrowRight: 0 }
      : {
          ArrowRight: Math.min(column + 1, last),
          ArrowLeft: column === 0 ? null : column - 1,
          Home: 0,
          End: last,
          Escape: null,
        };
  return key in aside ? { row, column: aside[key] ?? null } : undefined;
}

function elementAt(grid: HTMLElement | null, { row, column }: GridPlace): HTMLElement | null | undefined {
  const cell = column === null ? '' : ` [data-column="${column}"]`;
  return grid?.querySelector<HTMLElement>(`[data-index="${row}"]${cell}`);
}
