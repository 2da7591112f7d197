'use client';

import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import classes from './editable-list.module.css';

interface EditableListProps<Item> {
  readonly items: readonly Item[];
  onChange(items: readonly Item[]): void;
  /** What a person calls an item, as in “Remove Sum of Total”. */
  nameOf(item: Item, place: number): string;
  readonly addLabel: string;
  /** What is added; absent where there can be no more. */
  readonly newItem?: (() => Item) | undefined;
  /** The inputs of an item. */
  readonly children: (item: Item, place: number, replace: (item: Item) => void) => ReactNode;
}

/** Items that can be added, changed, removed and put into another order, without a mouse too. */
export function EditableList<Item>(props: EditableListProps<Item>) {
  const { items, onChange, nameOf, addLabel, newItem, children } = props;
  const list = useRef<HTMLOListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const move = (from: number, by: -1 | 1) => {
    const moved = items[from];
    if (moved === undefined || from + by < 0 || from + by >= items.length) return;
    onChange(items.toSpliced(from, 1).toSpliced(from + by, 0, moved));
    const direction = by === 1 ? 'down' : 'up';
    list.current
      ?.querySelectorAll<HTMLElement>(`:scope > li > div > [data-move="${direction}"]`)
      [from + by]?.focus();
  };
  const remove = (place: number) => {
    onChange(items.toSpliced(place, 1));
    addButton.current?.focus();
  };
  const places = items.map((item, place) => ({ item, place, name: nameOf(item, place) }));
  return (
    <Stack gap="xs" align="flex-start">
      {places.length > 0 && (
        <ol className={classes.list} ref={list}>
          {places.map(({ item, place, name }) => (
            <li key={place} className={classes.item}>
              <Stack gap="xs" miw={0}>
                {children(item, place, (next) => onChange(items.with(place, next)))}
              </Stack>
              <ItemButtons
                name={name}
                isFirst={place === 0}
                isLast={place === items.length - 1}
                onMove={(by) => move(place, by)}
                onRemove={() => remove(place)}
              />
            </li>
          ))}
        </ol>
      )}
      <Button
        ref={addButton}
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={!newItem}
        onClick={() => newItem && onChange([...items, newItem()])}
      >
        {addLabel}
      </Button>
    </Stack>
  );
}

interface ItemButtonsProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function ItemButtons({ name, isFirst, isLast, onMove, onRemove }: ItemButtonsProps) {
  return (
    <Group gap={2} wrap="nowrap" className={classes.buttons ?? ''}>
      {!(isFirst && isLast) && (
        <>
          <Move name={name} direction="up" atEnd={isFirst} onMove={() => onMove(-1)} />
          <Move name={name} direction="down" atEnd={isLast} onMove={() => onMove(1)} />
        </>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

interface MoveProps {
  readonly name: string;
  readonly direction: 'up' | 'down';
  readonly atEnd: boolean;
  onMove(): void;
}

/** At an end it stays focusable, so that whoever moves an item by keyboard is not thrown out of the list. */
export function Move({ name, direction, atEnd, onMove }: MoveProps) {
  const Icon = direction === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      data-move={direction}
      aria-label={`Move ${name} ${direction}`}
      aria-disabled={atEnd}
      data-disabled={atEnd}
      onClick={onMove}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
