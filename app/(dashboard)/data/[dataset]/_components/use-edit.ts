'use client';

import { useCallback } from 'react';
import { sendEdit } from '#app/_ui/field-editor/send-edit.ts';
import type { CellText } from '#lib/core/columns.ts';
import { rowName } from './row-name.ts';
import type { FoundRow, Rows } from './use-rows.ts';

/** Stores a field's new value; says why where it is not taken. */
export type Edit = (row: FoundRow, field: string, value: CellText) => Promise<string | undefined>;

/** Edits fields of a dataset's rows, and shows each row as the server has it then. */
export function useEdit(dataset: string, { put }: Pick<Rows, 'put'>): Edit {
  return useCallback(
    async ({ origin }, field, value) => {
      if (!origin) return 'The rows of a view are only read.';
      const { row, refused } = await sendEdit({ dataset, row: rowName(origin), field }, value);
      if (row) put(row);
      return refused;
    },
    [dataset, put],
  );
}
