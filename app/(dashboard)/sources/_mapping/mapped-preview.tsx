'use client';

import { Alert, Group, List, ListItem, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MapPreview } from '#lib/sources/map-preview.ts';
import { valueText } from './sample.ts';
import { typeLabels } from './type-labels.ts';
import { ValueTable } from './value-table.tsx';

interface MappedPreviewProps {
  readonly preview?: MapPreview;
  readonly error: string | null;
  readonly isPending: boolean;
  /** Whether every key column is mapped. */
  readonly isReady: boolean;
  /** What the datasets of the lists are called, in the order of the preview's. */
  readonly listLabels: readonly string[];
  /** Where a person chooses which rows are shown. */
  readonly choice?: ReactNode;
}

const SHOWN_ROWS = 10;
const LONGEST_VALUE = 120;
const SHOWN_REJECTS = 5;

/** What a sync would make of some rows: those that it takes, and those that it sets aside with the reason. */
export function MappedPreview({
  preview,
  error,
  isPending,
  isReady,
  listLabels,
  choice,
}: MappedPreviewProps) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="mapped-preview">
      <Group gap="sm">
        <Title order={3} size="h5" id="mapped-preview">
          What will be stored
        </Title>
        {isPending && <Loader size="xs" aria-label="Reading anew" />}
      </Group>
      {choice}
      <Text size="sm" aria-live="polite">
        {isReady ? (error ?? (preview ? verdict(preview) : 'Reading…')) : 'Map every key column to see it.'}
      </Text>
      {isReady && preview && (
        <Stack gap="sm" aria-busy={isPending}>
          <Rejects preview={preview} />
          {preview.rows.length > 0 && <Rows label="Rows as they will be stored" {...preview} />}
          {preview.also.map((list, place) => (
            <ListRows key={list.each} list={list} label={listLabels[place] ?? list.each} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function verdict({ rows, rejects, also }: MapPreview): string {
  const ofItems = rejects.filter(({ place }) => place !== undefined).length;
  const ofRows = rejects.length - ofItems;
  const all = rows.length + ofRows;
  if (all === 0) return 'There are no rows to try it on.';
  const whole =
    ofRows === 0
      ? `All of the first ${all} rows fit.`
      : `${ofRows} of the first ${all} rows would be set aside.`;
  const items = also.reduce((sum, list) => sum + list.rows.length, ofItems);
  if (items === 0) return whole;
  const parts =
    ofItems === 0 ? `So do their ${items} items.` : `Of their ${items} items, ${ofItems} would be set aside.`;
  return ofRows > 0 && ofItems === 0 ? `${whole} Their ${items} items fit.` : `${whole} ${parts}`;
}

function Rejects({ preview: { rows, rejects, columns, also } }: { preview: MapPreview }) {
  const repeated = rows.length - new Set(rows.map(({ externalId }) => externalId)).size;
  const labels = new Map(
    [...also.flatMap((list) => list.columns), ...columns].map(({ name, label }) => [name, label ?? name]),
  );
  if (rejects.length === 0 && repeated === 0) return null;
  return (
    <Alert
      color="yellow"
      title={rejects.length > 0 ? 'Rows that would be set aside' : 'Rows with the same key'}
    >
      <List size="sm">
        {rejects.slice(0, SHOWN_REJECTS).map(({ row, place, field, reason, value }) => (
          <ListItem key={`${row} ${place}`} style={{ overflowWrap: 'anywhere' }}>
            Row {row}, {place !== undefined && `${place}, `}
            {labels.get(field) ?? field}: “{cut(valueText(value))}” {reason}
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

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function ListRows({ list, label }: { readonly list: MapPreview['also'][number]; readonly label: string }) {
  return (
    <Stack gap="xs">
      <Title order={4} size="h6">
        {label}, from {list.each}
      </Title>
      {list.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          None of the first rows has items.
        </Text>
      ) : (
        <Rows label={`Rows of ${label} as they will be stored`} {...list} />
      )}
    </Stack>
  );
}

function Rows({ label, columns, rows }: Pick<MapPreview, 'columns' | 'rows'> & { readonly label: string }) {
  return (
    <ValueTable
      label={label}
      columns={columns.map((column) => ({
        name: column.name,
        title: column.label ?? column.name,
        note: typeLabels[column.type],
      }))}
      rows={rows.slice(0, SHOWN_ROWS).map(({ values }, id) => ({ id, values }))}
    />
  );
}
