'use client';

import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import classes from './connector-step.module.css';
import { Step } from './step.tsx';

interface ConnectorStepProps {
  readonly connectors: readonly ConnectorView[];
  readonly chosen: string | null;
  onChoose(connector: ConnectorView): void;
}

/** Which kind of source it is. */
export function ConnectorStep({ connectors, chosen, onChoose }: ConnectorStepProps) {
  return (
    <Step title="What do you want to connect?" description="Choose what your data comes as.">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {connectors.map((connector) => (
          <UnstyledButton
            key={connector.id}
            className={classes.card}
            data-chosen={connector.id === chosen || undefined}
            onClick={() => onChoose(connector)}
          >
            <Text fw={650}>{connector.name}</Text>
            <Text size="sm" c="dimmed">
              {connector.description}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Step>
  );
}
