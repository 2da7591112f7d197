'use client';

import { useState } from 'react';
import type { Column } from '#lib/core/columns.ts';
import type { CellEditor } from './grid-cell.tsx';
import type { Edit } from './use-edit.ts';
import type { GridPlace } from './use-grid-keys.ts';

interface UsedCellEditor {
  /** Opens the editor of a cell; answers whether the cell has one. */
  begin(row: number, column: number): boolean;
  /** The editor, where a cell of that row has it; `focus` is where it leads once it is closed. */
  editorAt(row: number, focus: (place: GridPlace) => void): CellEditor | undefined;
}

interface CellEditorOptions {
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  readonly edit: Edit | undefined;
}

/** Which cell of a grid is being edited: none of the key, and none for whoever may not. */
export function useCellEditor({ columns, keyColumns, edit }: CellEditorOptions): UsedCellEditor {
  const [place, setPlace] = useState<GridPlace & { readonly column: number }>();
  return {
    begin(row, column) {
      const isEditable = edit !== undefined && !keyColumns.includes(columns[column]?.name ?? '');
      if (isEditable) setPlace({ row, column });
      return isEditable;
    },
    editorAt(row, focus) {
      const column = place?.row === row ? columns[place.column] : undefined;
      if (!edit || !place || !column) return undefined;
      const onClose = () => {
        setPlace(undefined);
        focus(place);
      };
      return { column: column.name, edit, onClose };
    },
  };
}
