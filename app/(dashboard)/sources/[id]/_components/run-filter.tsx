'use client';

import { Select } from '@mantine/core';
import type { Route } from 'next';
import { usePathname, useRouter } from 'next/navigation';
import { useFormat } from '#app/_ui/format.tsx';

interface RunFilterProps {
  readonly runs: readonly { readonly id: string; readonly at: string }[];
  /** The id of one of them, or `all`. */
  readonly chosen: string;
}

/** Chooses the sync whose rejects are shown. */
export function RunFilter({ runs, chosen }: RunFilterProps) {
  const router = useRouter();
  const pathname = usePathname();
  const format = useFormat();
  const data = [
    ...runs.map(({ id, at }, place) => ({
      value: id,
      label: place === 0 ? `Latest: ${format.dateTime(at)}` : format.dateTime(at),
    })),
    { value: 'all', label: 'All syncs' },
  ];
  return (
    <Select
      label="Sync"
      data={data}
      value={chosen}
      onChange={(run) => run && router.replace(`${pathname}?run=${run}` as Route)}
      allowDeselect={false}
      mb="md"
      maw={320}
    />
  );
}
