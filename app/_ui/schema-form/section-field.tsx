'use client';

import { Box, Button, Collapse, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';

interface SectionFieldProps {
  readonly title: string;
  readonly description?: string | undefined;
  /** Whether something was entered there already. */
  readonly initiallyOpen: boolean;
  /** Whether something is wrong in it: then it is not folded away. */
  readonly isWrong: boolean;
  readonly children: ReactNode;
}

/** Fields that go together, folded away until somebody wants them. */
export function SectionField({ title, description, initiallyOpen, isWrong, children }: SectionFieldProps) {
  const [chosen, setChosen] = useState<boolean>();
  const id = useId();
  const isOpen = isWrong || (chosen ?? initiallyOpen);
  return (
    <Box component="fieldset" m={0} p={0} bd={0} miw={0} aria-label={title}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={
          isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />
        }
        onClick={() => setChosen(!isOpen)}
        aria-expanded={isOpen}
        aria-controls={id}
      >
        {title}
      </Button>
      {description && (
        <Text size="xs" c="dimmed" pl={32}>
          {description}
        </Text>
      )}
      <Collapse expanded={isOpen} id={id}>
        <Stack pt="sm" pl={{ base: 0, xs: 32 }}>
          {children}
        </Stack>
      </Collapse>
    </Box>
  );
}
