'use client';

import { Group, NativeSelect, Text } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { SortKey } from '#lib/exports/query/schema.ts';
import { ColumnSelect, labelOf } from './column-select.tsx';
import { shapeOf } from './outputs.ts';
import { askable, type QueryProps } from './step-props.ts';

const directions = [
  { value: 'asc', label: 'Ascending' },
  { value: 'desc', label: 'Descending' },
];

/** By which columns the rows are sorted, the first one first; groups by what is there of them. */
export function SortKeys({ draft, change, groups, outputs, errors }: QueryProps) {
  const { sort } = draft;
  const offered = shapeOf(draft) === 'rows' ? groups : [{ label: 'Groups', columns: outputs }];
  const isFree = (column: Column) => canSort(column) && !sort.some(({ field }) => field === column.name);
  const free = askable(offered).find(isFree);
  return (
    <>
      {sort.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          By the key of the rows. Every run has the same order.
        </Text>
      )}
      <EditableList<SortKey>
        items={sort}
        onChange={(keys) => change({ sort: [...keys] })}
        nameOf={({ field }) => labelOf(field, offered)}
        addLabel={sort.length === 0 ? 'Sort by a column' : 'Then by another column'}
        newItem={free && (() => ({ field: free.name, direction: 'asc' as const }))}
      >
        {(key, place, replace) => (
          <Group gap="xs" align="flex-start">
            <ColumnSelect
              label={place === 0 ? 'Sort by' : 'Then by'}
              groups={offered}
              fits={(column) => column.name === key.field || isFree(column)}
              field={key.field}
              error={errors[`sort.${place}.field`]}
              onChange={(field) => replace({ ...key, field })}
            />
            <NativeSelect
              aria-label={`Direction of ${labelOf(key.field, offered)}`}
              w={140}
              data={directions}
              value={key.direction}
              onChange={({ currentTarget }) =>
                replace({ ...key, direction: currentTarget.value === 'desc' ? 'desc' : 'asc' })
              }
            />
          </Group>
        )}
      </EditableList>
    </>
  );
}

function canSort({ type }: Column): boolean {
  return type !== 'json';
}
