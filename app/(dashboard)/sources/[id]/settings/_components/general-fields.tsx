'use client';

import { Select, Switch, TextInput } from '@mantine/core';
import { frequencies } from '#app/(dashboard)/sources/_components/frequencies.ts';
import type { SourceView } from '#lib/sources/view.ts';

type General = Pick<SourceView, 'displayName' | 'syncFrequency' | 'enabled'>;

interface GeneralFieldsProps {
  readonly values: General;
  onChange(values: General): void;
  readonly mayEdit: boolean;
}

/** What a source is called, and when it is synced. */
export function GeneralFields({ values, onChange, mayEdit }: GeneralFieldsProps) {
  const { displayName, syncFrequency, enabled } = values;
  return (
    <>
      <TextInput
        label="Name of the source"
        value={displayName}
        onChange={(event) => onChange({ ...values, displayName: event.currentTarget.value })}
        error={displayName.trim() === '' && 'Give it a name.'}
        maxLength={200}
        withAsterisk
        maw={420}
      />
      <Select
        label="How often to sync"
        data={frequencies}
        value={syncFrequency}
        onChange={(next) => next && onChange({ ...values, syncFrequency: next as General['syncFrequency'] })}
        allowDeselect={false}
        disabled={!mayEdit}
        maw={420}
      />
      <Switch
        label="On"
        description="While it is off, it is not synced at all."
        checked={enabled}
        onChange={(event) => onChange({ ...values, enabled: event.currentTarget.checked })}
      />
    </>
  );
}
