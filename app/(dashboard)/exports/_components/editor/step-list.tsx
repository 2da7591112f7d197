'use client';

import { Stepper } from '@mantine/core';
import type { Draft } from './draft.ts';
import classes from './editor.module.css';
import { reachable, stepOf, steps } from './steps.ts';

interface StepListProps {
  readonly draft: Draft;
  readonly step: number;
  readonly errors: Readonly<Record<string, string>>;
  onGo(step: number): void;
}

/** Where one is; each step whose forerunners have what they need can be gone to. */
export function StepList({ draft, step, errors, onGo }: StepListProps) {
  const furthest = reachable(draft);
  const wrong = new Set(Object.keys(errors).map(stepOf));
  return (
    <Stepper active={step} onStepClick={onGo} size="sm" className={classes.steps ?? ''} wrap={false}>
      {steps.map(({ label, description }, place) => (
        <Stepper.Step
          key={label}
          label={label}
          description={wrong.has(place) ? 'Something is not right' : description}
          allowStepSelect={place <= furthest}
          disabled={place > furthest}
          aria-current={place === step ? 'step' : undefined}
          {...(wrong.has(place) && { color: 'red.9' })}
        />
      ))}
    </Stepper>
  );
}
