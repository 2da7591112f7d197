'use client';

import { Fieldset, Input, Radio, RadioGroup, Stack, Text, TextInput } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import { FilterBuilder } from '#app/_ui/filter-builder/filter-builder.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';
import { outputNames } from '#lib/exports/query/output-names.ts';
import { AggregateInputs } from './aggregate-inputs.tsx';
import { GroupKeys } from './group-keys.tsx';
import { aggregateWords, regrouped, type Shape, shapeOf } from './outputs.ts';
import { PivotPart } from './pivot-part.tsx';
import { ProblemsOf } from './problems-of.tsx';
import { askable, type QueryProps } from './step-props.ts';

/** What becomes of the rows that fit: each is one of the file, or they are put together. */
export function ShapePart(props: QueryProps) {
  const { draft, change, groups } = props;
  const shape = shapeOf(draft);
  const choose = (next: string) => {
    if (next !== shape) change(regrouped(draft, begun(next as Shape, askable(groups))));
  };
  return (
    <Fieldset legend="Put together">
      <Stack>
        <RadioGroup aria-label="What a row of the file is" value={shape} onChange={choose}>
          <Stack gap="xs">
            <Radio value="rows" label="Every row by itself" />
            <Radio
              value="groups"
              label="Groups with totals"
              description="One row for each group, such as the sum of each month."
            />
            <Radio
              value="pivot"
              label="A pivot table"
              description="Groups down the side, and a column for each value of another one across the top."
            />
          </Stack>
        </RadioGroup>
        {shape === 'groups' && <Groups {...props} />}
        {shape === 'pivot' && <PivotPart {...props} />}
        {shape !== 'rows' && <Having {...props} />}
      </Stack>
    </Fieldset>
  );
}

/** What a shape begins with, so that there is something to see at once. */
function begun(shape: Shape, columns: readonly Column[]) {
  const none = { groupBy: undefined, aggregates: undefined, pivot: undefined };
  if (shape === 'rows') return none;
  if (shape === 'groups') return { ...none, aggregates: [{ function: 'count' as const }] };
  const column = acrossTop(columns);
  const row = columns.find(({ name, type }) => type !== 'json' && name !== column.field)?.name;
  const value = { function: 'count' as const };
  return { ...none, pivot: { rows: [{ field: row ?? column.field }], column, value } };
}

/** What has few values, where that is known: a yes or no, or the years of a time. */
function acrossTop(columns: readonly Column[]): GroupKey {
  const flag = columns.find(({ type }) => type === 'boolean');
  const time = columns.find(({ type }) => type === 'date' || type === 'timestamp');
  if (!flag && time) return { field: time.name, bucket: { unit: 'year' } };
  const [first, second = first] = columns.filter(({ type }) => type !== 'json');
  return { field: (flag ?? second)?.name ?? '' };
}

function Groups({ draft, change, groups, errors }: QueryProps) {
  const { groupBy = [], aggregates = [] } = draft;
  const columns = askable(groups);
  const names = outputNames(groupBy, aggregates);
  return (
    <>
      <Input.Wrapper label="Groups" labelElement="div" description="Without any, all rows are one group.">
        <GroupKeys
          keys={groupBy}
          groups={groups}
          errors={errors}
          path="groupBy"
          onChange={(keys) => change(regrouped(draft, { ...draft, groupBy: orNone(keys) }))}
        />
      </Input.Wrapper>
      <Input.Wrapper label="Computed of each group" labelElement="div">
        <EditableList<Aggregate>
          items={aggregates}
          onChange={(next) => change(regrouped(draft, { ...draft, aggregates: orNone(next) }))}
          nameOf={(aggregate) => aggregateWords(aggregate, columns)}
          addLabel="Compute something"
          newItem={() => ({ function: 'count' as const })}
        >
          {(aggregate, place, replace) => (
            <>
              <AggregateInputs
                aggregate={aggregate}
                groups={groups}
                errors={errors}
                path={`aggregates.${place}`}
                onChange={replace}
              />
              <TextInput
                size="xs"
                maw={320}
                aria-label={`Name of the figure ${aggregateWords(aggregate, columns)}`}
                placeholder={`Called ${names[groupBy.length + place]} in the file`}
                value={aggregate.header ?? ''}
                error={errors[`aggregates.${place}.header`]}
                onChange={({ currentTarget: { value } }) =>
                  replace({ ...aggregate, header: value || undefined })
                }
              />
            </>
          )}
        </EditableList>
      </Input.Wrapper>
    </>
  );
}

function orNone<Item>(items: readonly Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

function Having({ draft, change, outputs, errors }: QueryProps) {
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        Which groups to keep
      </Text>
      <FilterBuilder columns={outputs} value={draft.having} onChange={(having) => change({ having })} />
      <ProblemsOf path="having" errors={errors} />
    </Stack>
  );
}
