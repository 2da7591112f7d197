import { Alert } from '@mantine/core';
import { shapeOf } from './outputs.ts';
import type { StepProps } from './step-props.ts';

/** Says what becomes of nested values, where the chosen data has some. */
export function FormatNote({ draft, columns }: Pick<StepProps, 'draft' | 'columns'>) {
  const nested = columns.filter(({ type }) => type === 'json').map(({ name, label }) => label ?? name);
  const { format } = draft;
  if (nested.length === 0 || shapeOf(draft) !== 'rows') return null;
  const holds = `${nested.join(', ')} ${nested.length === 1 ? 'holds' : 'hold'} nested values`;
  if (!format)
    return <Note>{`${holds}, so the file will be JSON. You can choose another kind under Format.`}</Note>;
  if (format === 'json' || format === 'ndjson' || format === 'parquet') return null;
  return (
    <Note>{`${holds}: in this kind of file they are written as JSON text. JSON keeps them as they are.`}</Note>
  );
}

function Note({ children }: { readonly children: string }) {
  return (
    <Alert color="indigo" p="xs">
      {children}
    </Alert>
  );
}
