'use client';

import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFileExport, IconFilter, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { LinkButton } from '#app/_ui/link.tsx';
import { ColumnsMenu, type useShownColumns } from './columns-menu.tsx';
import { RelationsButton } from './relations/relations-button.tsx';
import { exportHref, type Subject, type View } from './view.ts';

const TYPING_PAUSE_MS = 300;

interface ToolbarProps {
  readonly dataset: Subject;
  readonly view: View;
  readonly shownColumns: ReturnType<typeof useShownColumns>;
  readonly mayEdit: boolean;
  onView(change: Partial<View>): void;
  onFilter(): void;
}

/** What one can do with the rows: search, filter, choose columns, follow relations, export. */
export function Toolbar({ dataset, view, shownColumns, mayEdit, onView, onFilter }: ToolbarProps) {
  return (
    <Group gap="sm">
      <SearchInput search={view.search} onSearch={(search) => onView({ search })} />
      <Button
        variant={view.filter ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={onFilter}
      >
        Filter
      </Button>
      <ColumnsMenu columns={dataset.columns} {...shownColumns} />
      <RelationsButton dataset={dataset.name} mayEdit={mayEdit} />
      {mayEdit && (
        <LinkButton href={exportHref(dataset, view)} leftSection={<IconFileExport size={16} aria-hidden />}>
          Export these rows
        </LinkButton>
      )}
    </Group>
  );
}

function SearchInput({ search, onSearch }: { search: string; onSearch(search: string): void }) {
  const [text, setText] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    setKnown(search);
    setText(search);
  }
  const pass = useDebouncedCallback((typed: string) => {
    setKnown(typed);
    onSearch(typed);
  }, TYPING_PAUSE_MS);
  const type = (typed: string) => {
    setText(typed);
    pass(typed);
  };
  return (
    <TextInput
      type="search"
      aria-label="Search in all texts"
      placeholder="Search in all texts"
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />}
      style={{ flex: '1 1 14rem' }}
    />
  );
}
