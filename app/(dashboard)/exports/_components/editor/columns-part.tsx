'use client';

import {
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Button, Fieldset, Group, Select, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import type { Column } from '#lib/core/columns.ts';
import { type ColumnDraft, choosing, plainColumn, shownColumns } from './column-draft.ts';
import { groupedChoices } from './column-groups.ts';
import { ColumnRow } from './column-row.tsx';
import { labelOf } from './column-select.tsx';
import classes from './editor.module.css';
import { shapeOf } from './outputs.ts';
import { askable, type QueryProps } from './step-props.ts';

type ColumnsPartProps = QueryProps & {
  /** What can be told of each row beside its columns. */
  readonly about: readonly Column[];
};

/** Which columns, in which order, under which names. */
export function ColumnsPart({ about, ...query }: ColumnsPartProps) {
  const { draft, change, outputs } = query;
  const groups = [...query.groups, { label: 'About each row', columns: about }];
  const props = { ...query, groups };
  const [moved, setMoved] = useState('');
  const shown = shownColumns(draft, outputs);
  const choose = (columns: readonly ColumnDraft[]) => change(choosing(columns, outputs));
  const move = (from: number, to: number) => {
    const source = shown[from]?.source;
    if (source === undefined || to < 0 || to >= shown.length) return;
    choose(arrayMove(shown, from, to));
    setMoved(`${labelIn(props, source)} is now at place ${to + 1} of ${shown.length}.`);
  };
  const further = groupedChoices(
    shapeOf(draft) === 'rows' ? groups.slice(1) : [],
    ({ name }) => !shown.some(({ source }) => source === name),
  );
  return (
    <Fieldset legend="Columns">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {draft.takesAll
            ? 'All columns as they are; one that the data gains later comes along.'
            : 'These columns, in this order, whatever the data gains later.'}{' '}
          Drag a row by its dots, or use the arrows.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => choose(including(shown, true))}>
            All columns
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => choose(including(shown, false))}>
            No columns
          </Button>
        </Group>
        <SortableColumns {...props} shown={shown} choose={choose} move={move} />
        {further.length > 0 && (
          <Select
            label="Add a further column"
            placeholder="Choose one"
            searchable
            maw={420}
            data={further}
            value={null}
            nothingFoundMessage="No such column"
            onChange={(source) => source && choose([...shown, plainColumn(source, true)])}
          />
        )}
        <Text size="xs" c="dimmed" aria-live="polite" mih="1.2em">
          {moved}
        </Text>
      </Stack>
    </Fieldset>
  );
}

function including(columns: readonly ColumnDraft[], included: boolean): ColumnDraft[] {
  return columns.map((column) => ({ ...column, included }));
}

function labelIn({ groups, outputs }: Pick<QueryProps, 'groups' | 'outputs'>, source: string): string {
  return labelOf(source, [{ label: '', columns: outputs }, ...groups]);
}

type SortableColumnsProps = QueryProps & {
  readonly shown: readonly ColumnDraft[];
  choose(columns: readonly ColumnDraft[]): void;
  move(from: number, to: number): void;
};

function SortableColumns(props: SortableColumnsProps) {
  const { draft, groups, outputs, transforms, personal, errors, shown, choose, move } = props;
  const readable = shapeOf(draft) === 'rows' ? askable(groups) : outputs;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const id = useId();
  const ids = shown.map(({ id }) => id);
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) move(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  const known = new Map(
    [...groups, { columns: outputs }].flatMap(({ columns }) =>
      columns.map((column) => [column.name, column]),
    ),
  );
  return (
    <DndContext id={id} sensors={sensors} onDragEnd={end}>
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={classes.columns}>
          {shown.map((each, place) => (
            <ColumnRow
              key={each.id}
              draft={each}
              column={known.get(each.source)}
              problems={errors}
              path={pathOf(shown, place)}
              transforms={transforms}
              personal={personal}
              readable={readable}
              isFirst={place === 0}
              isLast={place === shown.length - 1}
              onEdit={(changes) => choose(shown.with(place, { ...each, ...changes }))}
              onMove={(by) => move(place, place + by)}
            />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

/** Where the column is in the definition, which has the chosen ones alone; one that is not chosen is nowhere. */
function pathOf(columns: readonly ColumnDraft[], place: number): string {
  if (!columns[place]?.included) return 'columns.none';
  return `columns.${columns.slice(0, place).filter(({ included }) => included).length}`;
}
