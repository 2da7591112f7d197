'use client';

import { Badge, Group, Radio, RadioGroup, Stack, Text } from '@mantine/core';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import classes from './editor.module.css';
import { recommendedFormat } from './recommended-format.ts';
import type { StepProps } from './step-props.ts';

/** The first step: what kind of file. */
export function FormatStep({ draft, change, columns, formats }: StepProps) {
  const recommended = recommendedFormat(draft, columns);
  return (
    <RadioGroup
      label="What kind of file should it be?"
      value={draft.format ?? recommended.id}
      onChange={(format) => change({ format: format as FormatInfo['id'] })}
    >
      <Stack gap="sm" mt="xs">
        {formats.map((format) => (
          <FormatCard
            key={format.id}
            format={format}
            reason={format.id === recommended.id ? recommended.reason : undefined}
          />
        ))}
      </Stack>
    </RadioGroup>
  );
}

interface FormatCardProps {
  readonly format: FormatInfo;
  /** Why it is recommended; undefined where it is not. */
  readonly reason: string | undefined;
}

function FormatCard({ format, reason }: FormatCardProps) {
  return (
    <Radio.Card value={format.id} p="md" className={classes.card} aria-label={format.label}>
      <Stack gap={4}>
        <Group gap="xs" wrap="nowrap">
          <Radio.Indicator aria-hidden />
          <Text fw={600}>{format.label}</Text>
          {reason && <Badge variant="default">Recommended</Badge>}
        </Group>
        <Text size="sm" c="dimmed" pl={32}>
          {format.goodFor}
        </Text>
        {reason && (
          <Text size="sm" pl={32}>
            {reason}
          </Text>
        )}
      </Stack>
    </Radio.Card>
  );
}
