'use client';

import { Radio, RadioGroup, Stack } from '@mantine/core';
import type { Column } from '#lib/core/columns.ts';
import { columnGroups } from './column-groups.ts';
import type { DatasetChoice, Draft } from './draft.ts';
import type { QueryDraft } from './query-draft.ts';
import { askable, type StepProps } from './step-props.ts';

/** What the file says of persons, where there is something to say. */
export function PersonalPart({ draft, change, datasets, personal, errors }: StepProps) {
  const names = personalColumns(draft, datasets);
  if (names.length === 0 && !personal.showsAll) return null;
  return (
    <RadioGroup
      label="Personal data"
      description={`${names.join(', ')} ${names.length === 1 ? 'tells' : 'tell'} of persons.`}
      value={personal.showsAll ? 'show' : 'mask'}
      error={errors.personal}
      onChange={(next) => change({ personal: next === 'show' ? 'show' : undefined })}
    >
      <Stack gap="xs" mt={4}>
        <Radio
          value="mask"
          label="Masked"
          description="Every value is written as ***, but for the columns that are shown one by one above."
        />
        <Radio
          value="show"
          label="Shown"
          disabled={!personal.mayShow && !personal.showsAll}
          description={
            personal.mayShow
              ? 'As it is in the data. Whoever has the file, or a link to it, can read it.'
              : 'Only the owner of the export decides this. Duplicate it to have one of your own.'
          }
        />
      </Stack>
    </RadioGroup>
  );
}

/** By their labels, each once: those of the data, and of related data those that were chosen. */
function personalColumns(draft: Draft, datasets: readonly DatasetChoice[]): string[] {
  const found = [draft, ...draft.tables].flatMap((query) => personalIn(query, datasets));
  return [...new Set(found.map(({ name, label }) => label ?? name))];
}

function personalIn(
  { dataset: name, columns: chosen }: Pick<QueryDraft, 'dataset' | 'columns'>,
  datasets: readonly DatasetChoice[],
): Column[] {
  const dataset = datasets.find((each) => each.name === name);
  if (!dataset) return [];
  const [own, ...related] = columnGroups(dataset, datasets);
  const included = chosen.filter((column) => column.included).map(({ source }) => source);
  const others = askable(related).filter((column) => included.includes(column.name));
  return [...(own?.columns ?? []), ...others].filter((column) => column.personal);
}
