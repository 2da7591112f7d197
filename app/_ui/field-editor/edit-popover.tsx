'use client';

import { Popover, PopoverDropdown, PopoverTarget } from '@mantine/core';
import { useState } from 'react';
import { FieldEditor, type FieldEditorProps } from './field-editor.tsx';

interface EditPopoverProps extends Omit<FieldEditorProps, 'onTyped'> {
  /** How far below the element it opens; negative: over it. */
  readonly offset?: number;
}

/**
 * A field's editor at the positioned element that it is in. A click elsewhere closes it, unless something has been
 * typed.
 */
export function EditPopover({ offset = 4, ...editor }: EditPopoverProps) {
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
      <PopoverTarget>
        <span style={{ position: 'absolute', inset: 0, pointerEvents: 'none' }} />
      </PopoverTarget>
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
