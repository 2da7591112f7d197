'use client';

import { Select } from '@mantine/core';
import { useState } from 'react';
import { allZones } from '#app/_ui/time-zones.ts';

interface ZoneSelectProps {
  readonly label?: string;
  /** Where no label is to be seen. */
  readonly 'aria-label'?: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
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
