'use client';

import {
  Alert,
  Box,
  Group,
  List,
  ListItem,
  Loader,
  NativeSelect,
  Paper,
  Stack,
  Tabs,
  Text,
  Title,
} from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Preview } from '#lib/exports/preview.ts';
import classes from './editor.module.css';
import { PreviewTable } from './preview-table.tsx';
import type { ShownPreview } from './use-preview.ts';

export interface PreviewPanelProps {
  readonly shown: ShownPreview;
  readonly columns: readonly Column[];
  /** What is still to be chosen before there can be one; empty where nothing is. */
  readonly missing: string;
  /** Which of the tables is shown; absent where there is but one. */
  readonly tables?: {
    readonly choices: readonly { readonly value: string; readonly label: string }[];
    readonly chosen: string;
    choose(value: string): void;
  };
}

/** How many rows there will be, what to know about them, and the beginning of the file. */
export function PreviewPanel({ shown, columns, missing, tables }: PreviewPanelProps) {
  const { preview, error, stale } = shown;
  return (
    <Paper withBorder p="md" component="section" aria-label="Preview">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            Preview
          </Title>
          {stale && !error && !missing && <Loader size="xs" role="status" aria-label="Loading the preview" />}
        </Group>
        {tables && tables.choices.length > 1 && (
          <NativeSelect
            aria-label="Which table is shown"
            size="xs"
            data={[...tables.choices]}
            value={tables.chosen}
            onChange={({ currentTarget }) => tables.choose(currentTarget.value)}
          />
        )}
        <div aria-live="polite">
          {missing && <Text c="dimmed">{missing}</Text>}
          {error && (
            <Alert color="red" title="No preview">
              {error.message}
            </Alert>
          )}
          {preview && !error && !missing && <Findings preview={preview} columns={columns} />}
        </div>
        {preview && !missing && (
          <div className={stale ? classes.stale : undefined}>
            <Beginning preview={preview} />
          </div>
        )}
      </Stack>
    </Paper>
  );
}

const COUNTED_ROWS = 100_000;

function Findings({ preview, columns }: { preview: Preview; columns: readonly Column[] }) {
  const format = useFormat();
  const { estimatedRows, estimatedBytes, nullCounts, warnings } = preview;
  const label = (field: string) => columns.find(({ name }) => name === field)?.label ?? field;
  const empty = Object.entries(nullCounts).filter(([, count]) => count > 0);
  const notes = [
    ...warnings,
    ...empty.map(
      ([field, count]) =>
        `${format.number(count)} rows have nothing in ${label(field)}: no comparison of it finds them.`,
    ),
  ];
  return (
    <Stack gap="xs">
      <Text fw={600} suppressHydrationWarning>
        {estimatedRows > COUNTED_ROWS && 'About '}
        {format.number(estimatedRows)} {estimatedRows === 1 ? 'row' : 'rows'}, about{' '}
        {format.bytes(estimatedBytes)}
      </Text>
      {estimatedRows === 0 && (
        <Text size="sm">No row fits. The file will hold nothing but its head: widen the filter.</Text>
      )}
      {notes.length > 0 && (
        <Alert color="yellow" p="xs">
          <List size="sm">
            {notes.map((note) => (
              <ListItem key={note}>{note}</ListItem>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

function Beginning({ preview }: { preview: Preview }) {
  return (
    <Tabs key={String(preview.text === null)} defaultValue="table" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="table">As a table</Tabs.Tab>
        {preview.text !== null && <Tabs.Tab value="text">As the file</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="table" pt="xs">
        <PreviewTable preview={preview} />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="xs">
        <Box
          component="section"
          className={classes.text ?? ''}
          tabIndex={0}
          aria-label="The beginning of the file"
        >
          {preview.text}
        </Box>
      </Tabs.Panel>
    </Tabs>
  );
}
