'use client';

import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';

/** Chooses among the time zones that the browser knows, which it is asked for once the list is opened. */
export function TimeZoneSelect({ value, ...props }: SelectProps<string>) {
  const [zones, setZones] = useState(value ? [value] : []);
  return (
    <Select
      label="Time zone"
      description="Times are shown in it. Without one, in that of the device you look at them with."
      placeholder="As the device"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'As the device' }}
      nothingFoundMessage="No zone of that name. Try a large city near you."
      data={zones}
      value={value ?? null}
      onDropdownOpen={() => setZones(allZones())}
      {...props}
    />
  );
}

/** Some browsers leave UTC out. */
function allZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
}
