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
import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ColumnRow } from './column-row.tsx';
import { type ColumnDraft, takesAllAsTheyAre } from './draft.ts';
import classes from './editor.module.css';
import type { StepProps } from './step-props.ts';

/** Which columns, in which order, under which names. */
export function ColumnsPart(props: StepProps) {
  const { draft, change, columns } = props;
  const [moved, setMoved] = useState('');
  const includeAll = (included: boolean) =>
    change({ columns: draft.columns.map((each) => ({ ...each, included })) });
  const move = (from: number, to: number) => {
    if (to < 0 || to >= draft.columns.length) return;
    change({ columns: arrayMove([...draft.columns], from, to) });
    const source = draft.columns[from]?.source;
    const label = columns.find(({ name }) => name === source)?.label ?? source;
    setMoved(`${label} is now at place ${to + 1} of ${draft.columns.length}.`);
  };
  return (
    <Fieldset legend="Columns">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {takesAllAsTheyAre(draft, columns)
            ? 'All columns as they are; one that the data gains later comes along.'
            : 'These columns, in this order, whatever the data gains later.'}{' '}
          Drag a row by its dots, or use the arrows.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => includeAll(true)}>
            All columns
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => includeAll(false)}>
            No columns
          </Button>
        </Group>
        <SortableColumns {...props} move={move} />
        <Text size="xs" c="dimmed" aria-live="polite" mih="1.2em">
          {moved}
        </Text>
      </Stack>
    </Fieldset>
  );
}

type SortableColumnsProps = StepProps & { move(from: number, to: number): void };

function SortableColumns({ draft, change, columns, errors, move }: SortableColumnsProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const sources = draft.columns.map(({ source }) => source);
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id)
      move(sources.indexOf(String(active.id)), sources.indexOf(String(over.id)));
  };
  const edit = (source: string, changes: Partial<ColumnDraft>) =>
    change({
      columns: draft.columns.map((each) => (each.source === source ? { ...each, ...changes } : each)),
    });
  return (
    <DndContext id="columns" sensors={sensors} onDragEnd={end}>
      <SortableContext items={sources} strategy={verticalListSortingStrategy}>
        <ul className={classes.columns}>
          {draft.columns.map((each, place) => (
            <ColumnRow
              key={each.source}
              draft={each}
              column={columns.find(({ name }) => name === each.source)}
              error={columnError(draft.columns, place, errors)}
              isFirst={place === 0}
              isLast={place === draft.columns.length - 1}
              onEdit={(changes) => edit(each.source, changes)}
              onMove={(by) => move(place, place + by)}
            />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

/** The server counts the chosen columns alone. */
function columnError(
  columns: readonly ColumnDraft[],
  place: number,
  errors: StepProps['errors'],
): string | undefined {
  if (!columns[place]?.included) return undefined;
  const chosenPlace = columns.slice(0, place).filter(({ included }) => included).length;
  return errors[`columns.${chosenPlace}.header`] ?? errors[`columns.${chosenPlace}.source`];
}
