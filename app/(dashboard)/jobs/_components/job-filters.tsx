'use client';

import { Group, NativeSelect } from '@mantine/core';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';

interface JobFiltersProps {
  readonly status: string;
  readonly kind: string;
}

const statusChoices = [
  { value: '', label: 'Any' },
  { value: 'completed', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];
const kindChoices = [
  { value: '', label: 'Any' },
  { value: 'sync', label: 'Syncs' },
  { value: 'export', label: 'Exports' },
  { value: 'batch', label: 'Batches of exports' },
];

/** Narrows the jobs of the page; the choice is in its address. */
export function JobFilters(chosen: JobFiltersProps) {
  const router = useRouter();
  const choose = (change: Partial<JobFiltersProps>) => {
    const wanted = Object.entries({ ...chosen, ...change }).filter(([, value]) => value !== '');
    router.replace(`/jobs?${new URLSearchParams(wanted)}` as Route, { scroll: false });
  };
  return (
    <Group gap="sm" mb="md">
      <NativeSelect
        label="Outcome"
        data={statusChoices}
        value={chosen.status}
        onChange={({ currentTarget }) => choose({ status: currentTarget.value })}
      />
      <NativeSelect
        label="Kind"
        data={kindChoices}
        value={chosen.kind}
        onChange={({ currentTarget }) => choose({ kind: currentTarget.value })}
      />
    </Group>
  );
}
