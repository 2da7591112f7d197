import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './developers.module.css';

/** What is too wide scrolls in its own box, by keyboard too. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box role="group" className={classes.scroll} aria-label={label} tabIndex={0}>
      {children}
    </Box>
  );
}
