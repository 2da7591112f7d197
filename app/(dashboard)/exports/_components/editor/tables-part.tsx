'use client';

import { Fieldset, Input, Stack, Text } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import type { Draft } from './draft.ts';
import type { StepProps } from './step-props.ts';
import { newTable, type TableDraft } from './table-draft.ts';
import { TableEditor } from './table-editor.tsx';

const MAX_TABLES = 20;

/** What comes along with the rows: sheets of the same workbook, or files of their own. */
export function TablesPart(props: StepProps) {
  const { draft, change, datasets, errors, openTable } = props;
  const { tables } = draft;
  const words = tableWords(props);
  const reason = conflictOf(draft);
  const own = datasets.find(({ name }) => name === draft.dataset);
  const add = () => {
    const table = newTable(own ?? { name: draft.dataset, label: draft.dataset }, tables);
    openTable(table.id);
    return table;
  };
  return (
    <Fieldset legend={words.legend}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {words.note}
        </Text>
        {reason && (
          <Text size="sm" {...(tables.length === 0 && { c: 'dimmed' })}>
            {reason}
          </Text>
        )}
        {errors.tables && <Input.Error role="alert">{errors.tables}</Input.Error>}
        {(tables.length > 0 || !reason) && (
          <EditableList<TableDraft>
            items={tables}
            onChange={(next) => change({ tables: next })}
            nameOf={({ name }, place) => name || `${words.one} ${place + 2}`}
            addLabel={`Add a ${words.one}`}
            newItem={reason || tables.length >= MAX_TABLES ? undefined : add}
          >
            {(table, place, replace) => (
              <TableEditor
                {...props}
                key={table.id}
                table={table}
                path={`tables.${place}`}
                kind={words.one}
                onChange={replace}
              />
            )}
          </EditableList>
        )}
      </Stack>
    </Fieldset>
  );
}

function tableWords({ holdsTables }: Pick<StepProps, 'holdsTables'>) {
  return holdsTables
    ? {
        legend: 'Further sheets',
        one: 'sheet',
        note: 'Other rows of the same moment, each on a sheet of its own in the same workbook.',
      }
    : {
        legend: 'Further files',
        one: 'file',
        note: 'Other rows of the same moment, each in a file of its own beside the first.',
      };
}

/** Why there can be none; empty where there can. */
function conflictOf({ mode, split, partitionBy }: Draft): string {
  if (mode !== 'full') return 'Not together with runs that give a part: choose “Everything” above.';
  if (split ?? partitionBy) return 'Not together with files that are cut or put into folders, under Options.';
  return '';
}
