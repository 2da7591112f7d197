import { Alert } from '@mantine/core';
import type { StepProps } from './step-props.ts';

/** Says what becomes of nested values, where the chosen data has some. */
export function FormatNote({ draft, columns }: Pick<StepProps, 'draft' | 'columns'>) {
  const nested = columns.filter(({ type }) => type === 'json').map(({ name, label }) => label ?? name);
  if (nested.length === 0 || (draft.format && draft.format !== 'csv')) return null;
  const holds = `${nested.join(', ')} ${nested.length === 1 ? 'holds' : 'hold'} nested values`;
  return (
    <Alert color="indigo" p="xs">
      {draft.format === 'csv'
        ? `${holds}: in a CSV file they are written as JSON text. JSON keeps them as they are.`
        : `${holds}, so the file will be JSON. You can choose another kind under Format.`}
    </Alert>
  );
}
