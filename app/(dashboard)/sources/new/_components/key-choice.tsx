'use client';

import { Alert, Button, MultiSelect, Stack, Text } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { keyVerdict } from './key-verdict.ts';
import type { NewDataset } from './stream-draft.ts';

interface KeyChoiceProps {
  readonly made: NewDataset;
  readonly preview: StreamPreview;
  onChange(key: readonly string[]): void;
}

/** Which columns tell one row from another; leads to a choice that loses none. */
export function KeyChoice({ made, preview, onChange }: KeyChoiceProps) {
  const usable = made.columns.filter(({ included, type }) => included && type !== 'json');
  const labels = new Map(usable.map(({ id, label }) => [id, label || id]));
  const key = made.key.filter((id) => labels.has(id));
  const better = preview.keys.find(({ columns }) => columns.every((id) => labels.has(id)));
  const verdict = key.length > 0 && keyVerdict(key, preview);
  const isBetter =
    better && verdict && verdict.rows === preview.sampledRows && better.identifies > verdict.identifies;
  return (
    <Stack gap="xs">
      <MultiSelect
        label="What is each row known by?"
        description="The column, or columns together, whose value is different in every row, such as a product’s number. By it, the next sync knows which row to update."
        data={usable.map(({ id }) => ({ value: id, label: labels.get(id) ?? id }))}
        value={key}
        onChange={onChange}
        searchable
        withAsterisk
        maxValues={8}
        maw={640}
        placeholder={key.length === 0 ? 'Choose one or more columns' : ''}
      />
      <div aria-live="polite">{verdict && <Verdict {...verdict} />}</div>
      {better && (isBetter || key.length === 0) && (
        <div>
          <Button variant="light" size="xs" onClick={() => onChange(better.columns)}>
            Use {better.columns.map((id) => labels.get(id)).join(' + ')}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function Verdict({ identifies, rows }: ReturnType<typeof keyVerdict>) {
  const format = useFormat();
  const lost = rows - identifies;
  if (rows === 0) return null;
  if (lost === 0) {
    return (
      <Text size="sm" suppressHydrationWarning>
        Good: it is different in all of the first {format.number(rows)} rows.
      </Text>
    );
  }
  return (
    <Alert color="yellow" maw={640}>
      It tells apart {format.number(identifies)} of the first {format.number(rows)} rows.{' '}
      {lost === 1 ? 'One row' : `${format.number(lost)} rows`} would not be kept: those without a value there
      are set aside, and of rows with the same value only the last one stays. Another column in addition may
      help.
    </Alert>
  );
}
