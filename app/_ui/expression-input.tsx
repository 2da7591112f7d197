'use client';

import { Textarea, type TextareaProps } from '@mantine/core';

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

/** Takes an expression: letters of one width, as many lines as it needs, and nothing that would correct it. */
export function ExpressionInput(props: TextareaProps) {
  return (
    <Textarea
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      autoCapitalize="off"
      styles={MONOSPACE}
      {...props}
    />
  );
}
