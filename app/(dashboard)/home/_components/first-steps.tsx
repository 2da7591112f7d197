'use client';

import { Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Route } from 'next';
import { LinkButton } from '#app/_ui/link.tsx';
import { useHasLooked } from '#app/(dashboard)/data/_components/note-look.tsx';

interface FirstStepsProps {
  readonly workspaceId: string;
  readonly hasSource: boolean;
  readonly dataHref: Route;
  readonly exportHref: Route;
}

/** The way to the first file: what is done is ticked, what is next has the one button. */
export function FirstSteps({ workspaceId, hasSource, dataHref, exportHref }: FirstStepsProps) {
  const hasLooked = useHasLooked(workspaceId);
  const steps: Step[] = [
    {
      title: 'Add a source',
      text: 'Drop a CSV, Excel or JSON file, or give the address of one. You see its rows before anything is saved.',
      button: 'Add a source',
      href: '/sources/new',
    },
    {
      title: 'Look at the data',
      text: 'Search, filter and sort the rows that have come in, and see whether they are what you expected.',
      button: 'Look at the data',
      href: dataHref,
    },
    {
      title: 'Export a file',
      text: 'Choose rows and columns, and download them as a file.',
      button: 'Export a file',
      href: exportHref,
    },
  ];
  const next = !hasSource ? 0 : hasLooked ? 2 : 1;
  return (
    <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} maw={720}>
      {steps.map((step, place) => (
        <StepItem
          key={step.title}
          step={step}
          number={place + 1}
          isDone={place < next}
          isNext={place === next}
        />
      ))}
    </Stack>
  );
}

interface Step {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly href: Route;
}

interface StepItemProps {
  readonly step: Step;
  readonly number: number;
  readonly isDone: boolean;
  readonly isNext: boolean;
}

function StepItem({ step, number, isDone, isNext }: StepItemProps) {
  return (
    <Paper component="li" withBorder p="md" aria-current={isNext ? 'step' : undefined}>
      <Group wrap="nowrap" align="flex-start">
        <ThemeIcon radius="xl" size={32} color={isDone ? 'green.9' : isNext ? 'indigo.8' : 'gray.7'}>
          {isDone ? <IconCheck size={18} aria-label="Done" /> : number}
        </ThemeIcon>
        <Stack gap="xs" align="flex-start" miw={0}>
          <Title order={2} size="h4">
            {step.title}
          </Title>
          {!isDone && <Text c="dimmed">{step.text}</Text>}
          {isNext && <LinkButton href={step.href}>{step.button}</LinkButton>}
        </Stack>
      </Group>
    </Paper>
  );
}
