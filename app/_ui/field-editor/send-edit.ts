import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { CellText } from '#lib/core/columns.ts';
import type { RowView } from '#lib/datasets/row.ts';
import type { RowId } from '#lib/datasets/row-id.ts';

/** Which field of which row. */
interface FieldOf {
  readonly dataset: string;
  readonly row: RowId;
  readonly field: string;
}

/** What came of an edit: the row as it is now, or why the value is not taken. */
type SentEdit =
  | { readonly row: RowView; readonly refused?: undefined }
  | { readonly row?: undefined; readonly refused: string };

const unreachable = 'The server could not be reached. Try again.';

/** Stores a field's new value. Never throws. */
export async function sendEdit({ dataset, row, field }: FieldOf, value: CellText): Promise<SentEdit> {
  const body = { row, fields: { [field]: value } };
  try {
    return { row: await callApi<RowView>(`/api/datasets/${dataset}/rows/edits`, { body, exact: true }) };
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) return { refused: unreachable };
    const { fields, message } = thrown.problem;
    const reason = fields?.[`fields.${field}`];
    return { refused: reason ? `This value ${reason}.` : message };
  }
}
