'use client';

import { Group, NativeSelect, TextInput } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import { useFormat } from '#app/_ui/format.tsx';
import { ZoneSelect } from '#app/_ui/zone-select.tsx';
import type { Column } from '#lib/core/columns.ts';
import { isClockUnit, type TimeUnit, timeUnits } from '#lib/datasets/time-units.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';
import { ColumnSelect, labelOf } from './column-select.tsx';
import { askable, type QueryProps } from './step-props.ts';

interface GroupKeysProps extends Pick<QueryProps, 'groups' | 'errors'> {
  readonly keys: readonly GroupKey[];
  /** Of the field that holds them, in the definition. */
  readonly path: string;
  onChange(keys: readonly GroupKey[]): void;
}

/** By which values rows are put together, the first one first. */
export function GroupKeys({ keys, groups, errors, path, onChange }: GroupKeysProps) {
  const columns = askable(groups);
  const free = columns.find((column) => canGroup(column) && !keys.some(({ field }) => field === column.name));
  return (
    <EditableList<GroupKey>
      items={keys}
      onChange={onChange}
      nameOf={({ field }) => labelOf(field, groups)}
      addLabel={keys.length === 0 ? 'Group by a column' : 'Then by another column'}
      newItem={free && (() => ({ field: free.name }))}
    >
      {(key, place, replace) => (
        <>
          <GroupKeyInputs
            label={place === 0 ? 'Group by' : 'Then by'}
            groupKey={key}
            groups={groups}
            errors={errors}
            path={`${path}.${place}`}
            onChange={replace}
          />
          <TextInput
            size="xs"
            maw={320}
            aria-label={`Name of the group ${labelOf(key.field, groups)}`}
            placeholder={`Called ${key.bucket ? `${key.field}_${key.bucket.unit}` : key.field} in the file`}
            value={key.header ?? ''}
            error={errors[`${path}.${place}.header`]}
            onChange={({ currentTarget: { value } }) => replace({ ...key, header: value || undefined })}
          />
        </>
      )}
    </EditableList>
  );
}

interface GroupKeyInputsProps<Key extends Pick<GroupKey, 'field' | 'bucket'>>
  extends Pick<QueryProps, 'groups' | 'errors'> {
  readonly label: string;
  readonly groupKey: Key;
  readonly path: string;
  onChange(key: Key): void;
}

/** A column, and for times the stretch that counts as one value. */
export function GroupKeyInputs<Key extends Pick<GroupKey, 'field' | 'bucket'>>(
  props: GroupKeyInputsProps<Key>,
) {
  const { label, groupKey, groups, errors, path, onChange } = props;
  const column = askable(groups).find(({ name }) => name === groupKey.field);
  const isTemporal = column?.type === 'date' || column?.type === 'timestamp';
  return (
    <Group gap="xs" align="flex-start">
      <ColumnSelect
        label={label}
        groups={groups}
        fits={canGroup}
        field={groupKey.field}
        error={errors[`${path}.field`] ?? errors[path]}
        onChange={(field) => onChange({ ...groupKey, field, bucket: undefined })}
      />
      {(isTemporal || groupKey.bucket) && <BucketInputs {...props} isDate={column?.type === 'date'} />}
    </Group>
  );
}

function BucketInputs<Key extends Pick<GroupKey, 'field' | 'bucket'>>({
  groupKey,
  errors,
  path,
  onChange,
  isDate,
}: GroupKeyInputsProps<Key> & { readonly isDate: boolean }) {
  const { timeZone } = useFormat();
  const { bucket } = groupKey;
  const setUnit = (unit: TimeUnit | '') => {
    const zone = isDate ? undefined : (bucket?.zone ?? timeZone);
    const weekStart = unit === 'week' ? bucket?.weekStart : undefined;
    onChange({ ...groupKey, bucket: unit ? { unit, zone, weekStart } : undefined });
  };
  return (
    <>
      <NativeSelect
        aria-label={`Stretch of time of ${groupKey.field}`}
        data={[
          { value: '', label: isDate ? 'each date' : 'each moment' },
          ...timeUnits
            .filter((unit) => !isDate || !isClockUnit(unit))
            .map((unit) => ({ value: unit, label: `by ${unit}` })),
        ]}
        value={bucket?.unit ?? ''}
        error={errors[`${path}.bucket`] ?? errors[`${path}.bucket.unit`]}
        onChange={({ currentTarget }) => setUnit(currentTarget.value as TimeUnit | '')}
      />
      {bucket?.unit === 'week' && (
        <NativeSelect
          aria-label={`First day of the week of ${groupKey.field}`}
          data={[
            { value: 'monday', label: 'from Monday' },
            { value: 'sunday', label: 'from Sunday' },
          ]}
          value={bucket.weekStart ?? 'monday'}
          onChange={({ currentTarget }) =>
            onChange({
              ...groupKey,
              bucket: { ...bucket, weekStart: currentTarget.value === 'sunday' ? 'sunday' : 'monday' },
            })
          }
        />
      )}
      {bucket && !isDate && (
        <ZoneSelect
          aria-label={`Time zone of ${groupKey.field}`}
          value={bucket.zone ?? 'UTC'}
          error={errors[`${path}.bucket.zone`]}
          onChange={(zone) => onChange({ ...groupKey, bucket: { ...bucket, zone: zone ?? undefined } })}
        />
      )}
    </>
  );
}

function canGroup({ type }: Column): boolean {
  return type !== 'json';
}
