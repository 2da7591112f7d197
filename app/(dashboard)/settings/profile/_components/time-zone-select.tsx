'use client';

import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';
import { allZones } from '#app/_ui/time-zones.ts';

const DEVICE = { value: '', label: 'As the device' };

/** Chooses among the time zones that the browser knows, which it is asked for once the list is opened; '' is none. */
export function TimeZoneSelect({ value, ...props }: SelectProps<string>) {
  const [zones, setZones] = useState(value ? [value] : []);
  return (
    <Select
      label="Time zone"
      description="Times are shown in it. Without one, in that of the device you look at them with."
      searchable
      allowDeselect={false}
      nothingFoundMessage="No zone of that name. Try a large city near you."
      data={[DEVICE, ...zones]}
      value={value ?? null}
      // The list itself scrolls: it needs no focus of its own.
      withScrollArea={false}
      styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
      onDropdownOpen={() => setZones(allZones())}
      {...props}
    />
  );
}
