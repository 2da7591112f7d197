'use client';

import { Button, Checkbox, Popover, PopoverDropdown, PopoverTarget, ScrollArea, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import type { Column } from '#lib/core/columns.ts';
import type { Subject } from './view.ts';

interface ShownColumns {
  readonly shown: readonly Column[];
  setHidden(names: string[]): void;
}

/** The columns that this browser shows of a dataset: all but those that were hidden here. */
export function useShownColumns({ name, columns }: Subject): ShownColumns {
  const [hidden, setHidden] = useLocalStorage<string[]>({
    key: `entrepot.hidden-columns.${name}`,
    defaultValue: [],
  });
  const shown = columns.filter((column) => !hidden.includes(column.name));
  return { shown: shown.length > 0 ? shown : columns, setHidden };
}

interface ColumnsMenuProps extends ShownColumns {
  readonly columns: readonly Column[];
}

/** Chooses which columns are shown. */
export function ColumnsMenu({ columns, shown, setHidden }: ColumnsMenuProps) {
  const isShown = (name: string) => shown.some((column) => column.name === name);
  const toggle = (name: string) =>
    setHidden(
      columns.filter((column) => isShown(column.name) === (column.name === name)).map(({ name }) => name),
    );
  const hiddenCount = columns.length - shown.length;
  return (
    <Popover position="bottom-end" width={260} trapFocus>
      <PopoverTarget>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns{hiddenCount > 0 && ` (${hiddenCount} hidden)`}
        </Button>
      </PopoverTarget>
      <PopoverDropdown aria-label="Columns">
        <Stack gap="xs">
          <ScrollArea.Autosize mah={320} type="auto">
            <Stack gap="xs">
              {columns.map(({ name, label }) => (
                <Checkbox
                  key={name}
                  label={label ?? name}
                  checked={isShown(name)}
                  disabled={isShown(name) && shown.length === 1}
                  onChange={() => toggle(name)}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
          <Button size="xs" variant="subtle" disabled={hiddenCount === 0} onClick={() => setHidden([])}>
            Show all
          </Button>
        </Stack>
      </PopoverDropdown>
    </Popover>
  );
}
