'use client';

import { Alert, Group, List, ListItem, Loader, Stack, Text, Title } from '@mantine/core';
import type { MapPreview } from '#lib/sources/map-preview.ts';
import { valueText } from './sample.ts';
import { typeLabels } from './type-labels.ts';
import { ValueTable } from './value-table.tsx';

interface MappedPreviewProps {
  readonly preview: MapPreview | undefined;
  readonly error: string | null;
  readonly isPending: boolean;
  /** Whether every key column is mapped. */
  readonly isReady: boolean;
}

const SHOWN_ROWS = 10;
const SHOWN_REJECTS = 5;

/** What a sync would make of the first rows: those that it takes, and those that it sets aside with the reason. */
export function MappedPreview({ preview, error, isPending, isReady }: MappedPreviewProps) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="mapped-preview">
      <Group gap="sm">
        <Title order={3} size="h5" id="mapped-preview">
          What will be stored
        </Title>
        {isPending && <Loader size="xs" aria-label="Reading anew" />}
      </Group>
      <Text size="sm" aria-live="polite">
        {isReady ? (error ?? (preview ? verdict(preview) : 'Reading…')) : 'Map every key column to see it.'}
      </Text>
      {isReady && preview && (
        <Stack gap="sm" aria-busy={isPending}>
          <Rejects preview={preview} />
          {preview.rows.length > 0 && <Rows preview={preview} />}
        </Stack>
      )}
    </Stack>
  );
}

function verdict({ rows, rejects }: MapPreview): string {
  const all = rows.length + rejects.length;
  if (all === 0) return 'The source has no rows yet.';
  if (rejects.length === 0) return `All of the first ${all} rows fit.`;
  return `${rejects.length} of the first ${all} rows would be set aside.`;
}

function Rejects({ preview: { rows, rejects, columns } }: { preview: MapPreview }) {
  const repeated = rows.length - new Set(rows.map(({ externalId }) => externalId)).size;
  const labels = new Map(columns.map(({ name, label }) => [name, label ?? name]));
  if (rejects.length === 0 && repeated === 0) return null;
  return (
    <Alert
      color="yellow"
      title={rejects.length > 0 ? 'Rows that would be set aside' : 'Rows with the same key'}
    >
      <List size="sm">
        {rejects.slice(0, SHOWN_REJECTS).map(({ row, field, reason, value }) => (
          <ListItem key={row}>
            Row {row}, {labels.get(field) ?? field}: “{valueText(value)}” {reason}
          </ListItem>
        ))}
        {rejects.length > SHOWN_REJECTS && <ListItem>… and {rejects.length - SHOWN_REJECTS} more</ListItem>}
        {repeated > 0 && (
          <ListItem>
            {repeated} of these rows have the key of another: of rows with the same key, only the last is
            kept.
          </ListItem>
        )}
      </List>
    </Alert>
  );
}

function Rows({ preview: { columns, rows } }: { preview: MapPreview }) {
  return (
    <ValueTable
      label="Rows as they will be stored"
      columns={columns.map(({ name, label, type }) => ({
        name,
        title: label ?? name,
        note: typeLabels[type],
      }))}
      rows={rows.slice(0, SHOWN_ROWS).map(({ row, values }) => ({ id: row, values }))}
    />
  );
}
