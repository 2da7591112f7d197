'use client';

import { Box, Progress, Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './step-list.module.css';

interface StepListProps {
  readonly steps: readonly string[];
  readonly active: number;
  onStep(step: number): void;
}

/** Where one is among the steps; those that are done can be gone back to. */
export function StepList({ steps, active, onStep }: StepListProps) {
  return (
    <>
      <Box hiddenFrom="sm" mb="md">
        <Text size="sm" mb={4}>
          Step {active + 1} of {steps.length}: {steps[active]}
        </Text>
        <Progress value={(100 * (active + 1)) / steps.length} aria-label="Steps" size="sm" />
      </Box>
      <Box component="ol" className={classes.list} visibleFrom="sm" aria-label="Steps">
        {steps.map((label, step) => (
          <li key={label} className={classes.item} aria-current={step === active ? 'step' : undefined}>
            <UnstyledButton className={classes.step} disabled={step >= active} onClick={() => onStep(step)}>
              <span className={classes.mark}>
                {step < active ? <IconCheck size={16} aria-label="Done:" /> : step + 1}
              </span>
              {label}
            </UnstyledButton>
          </li>
        ))}
      </Box>
    </>
  );
}
