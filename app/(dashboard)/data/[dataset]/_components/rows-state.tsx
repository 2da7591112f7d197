'use client';

import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { Rows } from './use-rows.ts';
import type { Subject, View } from './view.ts';

const SKELETON_HEIGHT = 320;

interface RowsStateProps {
  readonly dataset: Subject;
  readonly rows: Rows;
  readonly view: View;
  onClear(): void;
}

/** What is said where there are no rows to see: they are on their way, there are none, or something is wrong. */
export function RowsState({ dataset, rows, view, onClear }: RowsStateProps) {
  if (rows.problem) {
    return (
      <Stack gap="sm" align="flex-start">
        <ProblemAlert error={rows.problem} />
        <Group>
          <Button variant="default" onClick={rows.retry}>
            Try again
          </Button>
          <Button variant="default" onClick={onClear}>
            Show all rows
          </Button>
        </Group>
      </Stack>
    );
  }
  if (rows.count > 0) return null;
  if (!rows.isCurrent) {
    return <Skeleton height={SKELETON_HEIGHT} role="status" aria-label="Loading" />;
  }
  if (view.search || view.filter) {
    return (
      <EmptyState title="No rows match" action={<Button onClick={onClear}>Show all rows</Button>}>
        Nothing in this dataset fits the search and the filter.
      </EmptyState>
    );
  }
  if (dataset.kind === 'view') {
    return (
      <EmptyState title="No rows yet">
        The view in your database shows nothing of this workspace at the moment.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No rows yet" action={<LinkButton href="/sources">Go to the sources</LinkButton>}>
      Rows come in when a source that feeds this dataset is synced.
    </EmptyState>
  );
}
