'use client';

import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useShownColumns } from './columns-menu.tsx';
import { FilterDrawer } from './filter-drawer.tsx';
import { RowDrawer } from './row-drawer.tsx';
import { RowGrid } from './row-grid.tsx';
import { RowsState } from './rows-state.tsx';
import { StatusLine } from './status-line.tsx';
import { Toolbar } from './toolbar.tsx';
import { useEdit } from './use-edit.ts';
import { useRowCount } from './use-row-count.ts';
import { useRows } from './use-rows.ts';
import { type Subject, type View, viewQuery } from './view.ts';

/** A first change is followed at once; while more come, the rows wait for the last. */
const QUIET_MS = 300;

interface DatasetViewProps {
  readonly dataset: Subject;
  readonly initial: View;
  readonly mayEdit: boolean;
}

/** A dataset's rows to look at: searched, filtered, sorted, as the page's address then says too. */
export function DatasetView({ dataset, initial, mayEdit }: DatasetViewProps) {
  const [view, setView] = useView(initial);
  const [asked] = useDebouncedValue(view, QUIET_MS, { leading: true });
  const [isFiltering, setFiltering] = useState(false);
  const [details, setDetails] = useState({ index: 0, isOpen: false });
  const shownColumns = useShownColumns(dataset);
  const rows = useRows(dataset.name, asked);
  const editing = useEdit(dataset.name, rows);
  const edit = mayEdit && dataset.kind !== 'view' ? editing : undefined;
  const counted = useRowCount(dataset.name, asked);
  // Once all rows are there, their number is certain.
  const count =
    rows.isCurrent && !rows.hasMore && !rows.problem ? { total: rows.count, isExact: true } : counted;
  const change = (changed: Partial<View>) => setView({ ...view, ...changed });
  return (
    <Stack gap="sm">
      <Toolbar
        {...{ dataset, view, shownColumns, mayEdit }}
        onView={change}
        onFilter={() => setFiltering(true)}
      />
      <StatusLine {...{ dataset, view, count }} onView={change} />
      <RowsState
        {...{ dataset, rows }}
        view={asked}
        onClear={() => change({ search: '', filter: undefined })}
      />
      {rows.count > 0 && (
        <RowGrid
          label="Rows"
          columns={shownColumns.shown}
          keyColumns={dataset.key}
          total={count?.isExact ? count.total : undefined}
          {...{ rows, view, edit }}
          onView={change}
          onOpen={(index) => setDetails({ index, isOpen: true })}
        />
      )}
      <FilterDrawer
        opened={isFiltering}
        dataset={dataset}
        filter={view.filter}
        onFilter={(filter) => change({ filter })}
        onClose={() => setFiltering(false)}
      />
      <RowDrawer
        dataset={dataset}
        opened={details.isOpen}
        row={rows.rowAt(details.index)}
        edit={edit}
        onClose={() => setDetails({ ...details, isOpen: false })}
      />
    </Stack>
  );
}

/** The view, which the page's address says too, and follows where that is changed by a link. */
function useView(given: View): readonly [View, (view: View) => void] {
  const [view, setView] = useState(given);
  const [known, setKnown] = useState(() => viewQuery(given).toString());
  const inAddress = viewQuery(given).toString();
  if (inAddress !== known) {
    setKnown(inAddress);
    setView(given);
  }
  const change = (changed: View) => {
    const query = viewQuery(changed).toString();
    setView(changed);
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  };
  return [view, change];
}
