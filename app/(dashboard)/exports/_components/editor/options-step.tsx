'use client';

import { Fieldset, Stack, Text } from '@mantine/core';
import { OfferedColumns } from '#app/_ui/schema-form/offered-choices.ts';
import type { Values } from '#app/_ui/schema-form/schema.ts';
import { SchemaForm } from '#app/_ui/schema-form/schema-form.tsx';
import { shownColumns } from './column-draft.ts';
import { labelOf } from './column-select.tsx';
import { formatIn } from './draft.ts';
import { packing } from './packing-schema.ts';
import type { StepProps } from './step-props.ts';

/** The third step: how the file is written, made from what the format says of its options. */
export function OptionsStep(props: StepProps) {
  const { draft, change, columns, formats, errors } = props;
  const id = formatIn(draft, columns);
  const format = formats.find((each) => each.id === id);
  const { compression, split, partitionBy } = draft;
  const packed = { compression, split, partitionBy };
  return (
    <OfferedColumns value={offeredColumns(props)}>
      <Stack>
        <Text c="dimmed">
          Everything here has a good answer already: change only what your program asks for.
        </Text>
        <Fieldset legend={format?.label}>
          <SchemaForm
            key={id}
            schema={{ type: 'object', properties: format?.options ?? {} }}
            values={draft.options[id] ?? {}}
            onChange={(values) => change({ options: { ...draft.options, [id]: values } })}
            problems={errors}
            path="format.options"
          />
        </Fieldset>
        <Fieldset legend="Files">
          <SchemaForm
            schema={packing}
            values={packed}
            onChange={(values) => change(packingOf(values))}
            problems={errors}
            path=""
          />
        </Fieldset>
      </Stack>
    </OfferedColumns>
  );
}

type Packing = Pick<StepProps['draft'], 'compression' | 'split' | 'partitionBy'>;

function packingOf({ compression, split, partitionBy }: Values): Packing {
  const folders = (partitionBy ?? []) as NonNullable<Packing['partitionBy']>;
  return {
    compression: compression as Packing['compression'],
    split: split as Packing['split'],
    partitionBy: folders.length > 0 ? folders : undefined,
  };
}

/** The columns of the file. */
function offeredColumns({ draft, groups, outputs }: StepProps) {
  const included = shownColumns(draft, outputs).filter((column) => column.included);
  const known = [{ label: '', columns: outputs }, ...groups];
  return {
    columns: included.map(({ source, header }) => ({
      value: source,
      label: header || labelOf(source, known),
    })),
    headers: included.map(({ source, header }) => ({ value: header || source, label: header || source })),
  };
}
