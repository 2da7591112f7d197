'use client';

import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { SortKey } from '#lib/exports/query/schema.ts';
import type { StepProps } from './step-props.ts';

const directions = [
  { value: 'asc', label: 'Ascending' },
  { value: 'desc', label: 'Descending' },
];

/** By which columns the rows are sorted, the first one first. */
export function SortKeys({ draft, change, columns, errors }: StepProps) {
  const { sort } = draft;
  const sortable = columns.filter(({ type }) => type !== 'json');
  const free = sortable.find(({ name }) => !sort.some(({ field }) => field === name));
  const replace = (place: number, key: SortKey) => change({ sort: sort.with(place, key) });
  return (
    <Stack gap="xs" align="flex-start">
      {sort.length === 0 && (
        <Text size="sm" c="dimmed">
          By the key of the rows. Every run has the same order.
        </Text>
      )}
      {sort.map((key, place) => (
        <Group key={key.field} gap="xs" align="flex-start" wrap="nowrap" w="100%" maw={480}>
          <Select
            aria-label={place === 0 ? 'Sort by' : 'Then by'}
            flex={1}
            data={sortable
              .filter(({ name }) => name === key.field || !sort.some(({ field }) => field === name))
              .map(({ name, label }) => ({ value: name, label: label ?? name }))}
            value={key.field}
            error={errors[`sort.${place}.field`]}
            allowDeselect={false}
            onChange={(field) => field && replace(place, { ...key, field })}
          />
          <Select
            aria-label={`Direction of ${key.field}`}
            w={140}
            data={directions}
            value={key.direction}
            allowDeselect={false}
            onChange={(direction) =>
              replace(place, { ...key, direction: direction === 'desc' ? 'desc' : 'asc' })
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Do not sort by ${key.field}`}
            onClick={() => change({ sort: sort.filter((each) => each !== key) })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {free && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => change({ sort: [...sort, { field: free.name, direction: 'asc' }] })}
        >
          {sort.length === 0 ? 'Sort by a column' : 'Then by another column'}
        </Button>
      )}
    </Stack>
  );
}
