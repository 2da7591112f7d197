'use client';

import { Select, Stack, Switch, Text } from '@mantine/core';
import { OfferedColumns } from '#app/_ui/schema-form/offered-choices.ts';
import { emptyOf, type Problems, type Schema, type Values } from '#app/_ui/schema-form/schema.ts';
import { SchemaForm } from '#app/_ui/schema-form/schema-form.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { TransformInfo } from '#lib/exports/shape/catalog.ts';
import type { ColumnDraft } from './column-draft.ts';
import type { QueryProps } from './step-props.ts';

type Transform = ColumnDraft['transform'];

interface ColumnTransformProps extends Pick<QueryProps, 'transforms' | 'personal'> {
  readonly label: string;
  readonly draft: ColumnDraft;
  readonly column: Column | undefined;
  /** Those that a transform can read beside its own. */
  readonly readable: readonly Column[];
  readonly problems: Problems;
  /** Of the column, in `problems`. */
  readonly path: string;
  onEdit(changes: Partial<ColumnDraft>): void;
}

/** What becomes of a column's values: a transform with its options, and whether personal data is shown. */
export function ColumnTransform(props: ColumnTransformProps) {
  const { label, draft, column, transforms, personal, readable, problems, path, onEdit } = props;
  const { transform } = draft;
  const info = transforms.find(({ name }) => name === transform?.name);
  const fitting = transforms.filter((each) => each === info || !column || each.accepts.includes(column.type));
  const choices = readable.map((each) => ({ value: each.name, label: each.label ?? each.name }));
  const choose = (name: string | null) =>
    onEdit({ transform: begun(transforms.find((each) => each.name === name)) });
  return (
    <Stack gap="sm" pl={{ base: 0, xs: 'lg' }} py="xs">
      <Select
        label={`How the values of ${label} are written`}
        description={info?.description}
        placeholder="As they are"
        maw={420}
        clearable
        clearButtonProps={{ 'aria-label': `Write ${label} as it is` }}
        data={fitting.map(({ name, label: words }) => ({ value: name, label: words }))}
        value={transform?.name ?? null}
        error={problems[`${path}.transform`] ?? problems[`${path}.transform.name`]}
        onChange={choose}
      />
      {info && (
        <OfferedColumns value={{ columns: choices, headers: choices }}>
          <SchemaForm
            key={info.name}
            schema={info.options as Schema}
            values={(transform?.options ?? {}) as Values}
            onChange={(options) => onEdit({ transform: { name: info.name, options } as Transform })}
            problems={problems}
            path={`${path}.transform.options`}
          />
        </OfferedColumns>
      )}
      {column?.personal && (
        <Switch
          label="Show this personal data"
          description={personalNote(personal)}
          checked={personal.showsAll || draft.personal === 'show'}
          disabled={personal.showsAll || (!personal.mayShow && draft.personal !== 'show')}
          error={problems[`${path}.personal`]}
          onChange={({ currentTarget }) => onEdit({ personal: currentTarget.checked ? 'show' : undefined })}
        />
      )}
      {fitting.length === 0 && <Text size="sm">Values of this type are written as they are.</Text>}
    </Stack>
  );
}

function personalNote({ showsAll, mayShow }: QueryProps['personal']): string {
  if (showsAll) return 'The export shows all personal data, see below.';
  return mayShow ? 'It is masked in the file otherwise.' : 'Only the owner of the export may show it.';
}

/** With all that it needs, empty. */
function begun(info: TransformInfo | undefined): Transform {
  return info && ({ name: info.name, options: emptyOf(info.options as Schema) } as Transform);
}
