'use client';

import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';

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

/** Names that browsers know but leave out of their list, where they still have Calcutta, Kiev and Saigon. */
const PRESENT_NAMES = [
  'UTC',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];

function allZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), ...PRESENT_NAMES])].sort();
}
