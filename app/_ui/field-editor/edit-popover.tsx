'use client';

import { Popover, PopoverDropdown, PopoverTarget } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { FieldEditor, type FieldEditorProps } from './field-editor.tsx';

interface EditPopoverProps extends Omit<FieldEditorProps, 'onTyped'> {
  /** How far from its place it opens; negative: over it. */
  readonly offset?: number;
  /** Its place. */
  readonly children: ReactElement;
}

/** A field's editor that opens beside its place. A click elsewhere closes it, unless something has been typed. */
export function EditPopover({ offset = 4, children, ...editor }: EditPopoverProps) {
  const [isChanged, setChanged] = useState(false);
  const { column, onClose } = editor;
  return (
    <Popover
      opened
      onDismiss={onClose}
      closeOnClickOutside={!isChanged}
      closeOnEscape={false}
      withOverlay
      overlayProps={{ backgroundOpacity: 0 }}
      trapFocus
      withRoles={false}
      position="bottom-start"
      offset={offset}
      width={320}
      shadow="md"
      middlewares={{ shift: { padding: 8 }, flip: true }}
    >
      <PopoverTarget>{children}</PopoverTarget>
      <PopoverDropdown
        role="dialog"
        aria-label={`Edit ${column.label ?? column.name}`}
        maw="calc(100vw - 16px)"
        onClick={(event) => event.stopPropagation()}
      >
        <FieldEditor {...editor} onTyped={() => setChanged(true)} />
      </PopoverDropdown>
    </Popover>
  );
}
