'use client';

import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useShownColumns } from './columns-menu.tsx';
import { RowGrid } from './row-grid.tsx';
import { RowsState } from './rows-state.tsx';
import { StatusLine } from './status-line.tsx';
import { Toolbar } from './toolbar.tsx';
import { useRowCount } from './use-row-count.ts';
import { useRows } from './use-rows.ts';
import { type Subject, type View, viewQuery } from './view.ts';

const FilterDrawer = dynamic(() => import('./filter-drawer.tsx').then((module) => module.FilterDrawer));
const RowDrawer = dynamic(() => import('./row-drawer.tsx').then((module) => module.RowDrawer));

/** A first change is followed at once; while more come, the rows wait for the last. */
const QUIET_MS = 300;

interface DatasetViewProps {
  readonly dataset: Subject;
  readonly initial: View;
  readonly mayExport: boolean;
}

/** A dataset's rows to look at: searched, filtered, sorted, as the page's address then says too. */
export function DatasetView({ dataset, initial, mayExport }: DatasetViewProps) {
  const [view, setView] = useState(initial);
  const [asked] = useDebouncedValue(view, QUIET_MS, { leading: true });
  const [isFiltering, setFiltering] = useState<boolean>();
  const [opened, setOpened] = useState<number | null>();
  const shownColumns = useShownColumns(dataset);
  const rows = useRows(dataset.name, asked);
  const count = useRowCount(dataset.name, asked);
  const change = (changed: Partial<View>) => {
    const next = { ...view, ...changed };
    setView(next);
    showInAddress(next);
  };
  return (
    <Stack gap="sm">
      <Toolbar
        {...{ dataset, view, shownColumns, mayExport }}
        onView={change}
        onFilter={() => setFiltering(true)}
      />
      <StatusLine {...{ dataset, view, count }} onView={change} />
      <RowsState rows={rows} view={asked} onClear={() => change({ search: '', filter: undefined })} />
      {rows.count > 0 && (
        <RowGrid
          label="Rows"
          columns={shownColumns.shown}
          keyColumns={dataset.key}
          total={count?.isExact ? count.total : undefined}
          {...{ rows, view }}
          onView={change}
          onOpen={setOpened}
        />
      )}
      {isFiltering !== undefined && (
        <FilterDrawer
          opened={isFiltering}
          dataset={dataset}
          filter={view.filter}
          onFilter={(filter) => change({ filter })}
          onClose={() => setFiltering(false)}
        />
      )}
      {opened !== undefined && (
        <RowDrawer
          dataset={dataset}
          row={opened === null ? undefined : rows.rowAt(opened)}
          onClose={() => setOpened(null)}
        />
      )}
    </Stack>
  );
}

function showInAddress(view: View): void {
  const query = viewQuery(view).toString();
  window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
}
