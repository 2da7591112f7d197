'use client';

import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';
import { allZones } from '#app/_ui/time-zones.ts';

type Shown = 'label' | 'aria-label' | 'description' | 'error' | 'withAsterisk' | 'maw';

interface ZoneSelectProps extends Pick<SelectProps, Shown> {
  readonly value: string | null;
  onChange(zone: string | null): void;
}

/** Chooses a time zone; none is UTC. The browser is asked for its zones once the list is opened. */
export function ZoneSelect({ value, ...props }: ZoneSelectProps) {
  const [zones, setZones] = useState(value ? [value] : []);
  return (
    <Select
      {...props}
      placeholder="UTC"
      searchable
      clearable
      nothingFoundMessage="No zone of that name. Try a large city near you."
      data={zones}
      value={value}
      limit={100}
      onDropdownOpen={() => setZones(allZones())}
    />
  );
}
