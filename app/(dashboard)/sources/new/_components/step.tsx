'use client';

import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface StepProps {
  readonly title: string;
  /** What is to be done here, and why. */
  readonly description: ReactNode;
  readonly children: ReactNode;
  /** What keeps one from going on, in a sentence; shown once one has tried. */
  readonly problem?: string | undefined;
  readonly pending?: boolean;
  readonly next?: ReactNode;
  onBack?(): void;
  onNext?(): void;
}

/** One step of several: its heading takes the focus, so that one knows where one is. */
export function Step(props: StepProps) {
  const { title, description, children, problem, pending = false, next, onBack, onNext } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onNext?.();
      }}
    >
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          <Text c="dimmed" maw={640}>
            {description}
          </Text>
        </div>
        {children}
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Group justify="space-between">
          {onBack ? (
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
          ) : (
            <span />
          )}
          {next ??
            (onNext && (
              <Button type="submit" loading={pending}>
                Continue
              </Button>
            ))}
        </Group>
      </Stack>
    </form>
  );
}
