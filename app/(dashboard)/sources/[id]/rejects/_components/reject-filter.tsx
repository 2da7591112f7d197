'use client';

import { Group, NativeSelect } from '@mantine/core';
import type { Route } from 'next';
import { usePathname, useRouter } from 'next/navigation';
import { useFormat } from '#app/_ui/format.tsx';

interface RejectFilterProps {
  readonly runs: readonly { readonly id: string; readonly at: string }[];
  /** The id of one of them, or `all`. */
  readonly run: string;
  /** `open`, `resolved` or `all`. */
  readonly status: string;
}

const statuses = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
];

/** Chooses which rejects are shown. */
export function RejectFilter({ runs, run, status }: RejectFilterProps) {
  const router = useRouter();
  const pathname = usePathname();
  const format = useFormat();
  const syncs = runs.map(({ id, at }, place) => ({
    value: id,
    label: place === 0 ? `Latest: ${format.dateTime(at)}` : format.dateTime(at),
  }));
  const show = (chosen: { run: string; status: string }) =>
    router.replace(`${pathname}?${new URLSearchParams(chosen)}` as Route);
  return (
    <Group mb="md" align="end">
      <NativeSelect
        label="Show"
        data={statuses}
        value={status}
        onChange={(event) => show({ run, status: event.currentTarget.value })}
      />
      <NativeSelect
        label="Set aside by"
        data={[{ value: 'all', label: 'All syncs' }, ...syncs]}
        value={run}
        onChange={(event) => show({ run: event.currentTarget.value, status })}
      />
    </Group>
  );
}
