'use client';

import { Alert, List, ListItem, Stack, Text, Title } from '@mantine/core';
import { valueText } from '#app/(dashboard)/sources/_mapping/sample.ts';
import { typeLabels } from '#app/(dashboard)/sources/_mapping/type-labels.ts';
import { ValueTable } from '#app/(dashboard)/sources/_mapping/value-table.tsx';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { Step } from './step.tsx';

interface PreviewStepProps {
  readonly streams: readonly StreamPreview[];
  onBack(): void;
  onNext(): void;
}

/** The first rows as the source has them. */
export function PreviewStep({ streams, onBack, onNext }: PreviewStepProps) {
  return (
    <Step
      title="Is this your data?"
      description="These are the first rows, with the type that each column seems to have. If they look wrong, go back and change the options."
      problem={
        streams.every(({ columns }) => columns.length === 0)
          ? 'The source has no rows, so there are no columns to choose from. Go back and choose another, or put rows into it.'
          : undefined
      }
      onBack={onBack}
      {...(streams.some(({ columns }) => columns.length > 0) && { onNext })}
    >
      {streams.map((stream) => (
        <StreamRows key={stream.name} stream={stream} isOnly={streams.length === 1} />
      ))}
    </Step>
  );
}

const SHOWN_ROWS = 20;

function StreamRows({ stream, isOnly }: { stream: StreamPreview; isOnly: boolean }) {
  const { name, columns, rows, broken } = stream;
  return (
    <Stack gap="sm">
      {!isOnly && (
        <Title order={3} size="h5">
          {name}
        </Title>
      )}
      {broken.length > 0 && (
        <Alert color="yellow" title="Some of it could not be read as rows">
          <List size="sm">
            {broken.map(({ line, reason, raw }) => (
              <ListItem key={`${line} ${raw}`}>
                {line !== undefined && `Line ${line}: `}
                {reason}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
      {columns.length > 0 && (
        <ValueTable
          label={`First rows of ${name}`}
          columns={columns.map((column) => ({
            name: column.name,
            title: column.name,
            note: typeLabels[column.type],
          }))}
          rows={rows.slice(0, SHOWN_ROWS).map((row, id) => ({
            id,
            values: columns.map((column) =>
              row[column.name] === null || row[column.name] === undefined
                ? null
                : valueText(row[column.name]),
            ),
          }))}
        />
      )}
      {columns.length > 0 && rows.length === 0 && <Text>There are no rows in it yet.</Text>}
    </Stack>
  );
}
