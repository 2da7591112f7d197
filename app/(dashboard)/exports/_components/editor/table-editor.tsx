'use client';

import { Button, Fieldset, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { aboutRows, columnGroups } from './column-groups.ts';
import { ColumnsPart } from './columns-part.tsx';
import classes from './editor.module.css';
import { LimitInput } from './limit-input.tsx';
import { outputsIn } from './outputs.ts';
import { withDataset } from './query-draft.ts';
import { RowsPart } from './rows-part.tsx';
import { ShapePart } from './shape-part.tsx';
import { SortKeys } from './sort-keys.tsx';
import type { QueryProps, StepProps } from './step-props.ts';
import type { TableDraft } from './table-draft.ts';

interface TableEditorProps
  extends Pick<
    StepProps,
    'datasets' | 'transforms' | 'guide' | 'personal' | 'errors' | 'open' | 'openTable'
  > {
  readonly table: TableDraft;
  /** Of the table, in `errors`. */
  readonly path: string;
  /** What a person calls it: a sheet, or a file. */
  readonly kind: string;
  onChange(table: TableDraft): void;
}

/** A further table: what it is called, what it is of, and behind a button which of its rows and columns. */
export function TableEditor(props: TableEditorProps) {
  const { table, path, kind, datasets, errors, open, openTable, onChange } = props;
  const panel = useId();
  const isOpen = open?.id === table.id;
  const isShown = isOpen || wrongWithin(errors, path);
  const Icon = isShown ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap="xs" role="group" aria-label={table.name || kind}>
      <Group gap="xs" align="flex-start">
        <TextInput
          label={`Name of the ${kind}`}
          flex="1 1 12rem"
          required
          maxLength={100}
          value={table.name}
          error={errors[`${path}.name`]}
          onChange={({ currentTarget }) => onChange({ ...table, name: currentTarget.value })}
        />
        <Select
          label="Its data"
          flex="1 1 12rem"
          searchable
          allowDeselect={false}
          data={datasets.map(({ name, label }) => ({ value: name, label }))}
          value={table.dataset}
          error={errors[`${path}.dataset`]}
          nothingFoundMessage="No data has that name"
          onChange={(name) => name && name !== table.dataset && onChange(withDataset(table, name))}
        />
      </Group>
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<Icon size={16} aria-hidden />}
        aria-expanded={isShown}
        aria-controls={panel}
        onClick={() => openTable(isOpen ? undefined : table.id)}
      >
        Rows, columns and order
      </Button>
      <div id={panel}>{isShown && <TableQuery {...props} />}</div>
    </Stack>
  );
}

/** The same parts as for the rows of the export itself. */
function TableQuery({
  table,
  path,
  datasets,
  errors,
  open,
  onChange,
  transforms,
  guide,
  personal,
}: TableEditorProps) {
  const dataset = datasets.find(({ name }) => name === table.dataset);
  const groups = dataset ? columnGroups(dataset, datasets) : [];
  const query: QueryProps = {
    draft: table,
    change: (changes) => onChange({ ...table, ...changes }),
    columns: dataset?.columns ?? [],
    groups,
    outputs: outputsIn(table, groups, open?.id === table.id ? open.preview : undefined),
    transforms,
    guide,
    personal,
    errors: within(errors, path),
  };
  return (
    <Stack className={classes.within ?? ''}>
      <RowsPart {...query} />
      <ShapePart {...query} />
      <ColumnsPart {...query} about={aboutRows(dataset)} />
      <Fieldset legend="Order">
        <SortKeys {...query} />
      </Fieldset>
      <LimitInput {...query} description="Leave empty for all of them." />
    </Stack>
  );
}

type Errors = StepProps['errors'];

/** What is wrong below a path, by the rest of the path. */
function within(errors: Errors, path: string): Errors {
  const below = Object.entries(errors).filter(([field]) => field.startsWith(`${path}.`));
  return Object.fromEntries(below.map(([field, problem]) => [field.slice(path.length + 1), problem]));
}

/** Whether anything is wrong that the button hides. */
function wrongWithin(errors: Errors, path: string): boolean {
  const { name: _name, dataset: _dataset, ...hidden } = within(errors, path);
  return Object.keys(hidden).length > 0;
}
