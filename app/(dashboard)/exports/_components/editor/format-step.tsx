'use client';

import { Badge, Group, Radio, RadioGroup, Stack, Text } from '@mantine/core';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import { recommendedFormat } from './draft.ts';
import classes from './editor.module.css';
import type { StepProps } from './step-props.ts';

/** The first step: what kind of file. */
export function FormatStep({ draft, change, columns, formats }: StepProps) {
  const recommended = recommendedFormat(columns);
  return (
    <RadioGroup
      label="What kind of file should it be?"
      value={draft.format ?? recommended}
      onChange={(format) => change({ format: format as FormatInfo['id'] })}
    >
      <Stack gap="sm" mt="xs">
        {formats.map((format) => (
          <FormatCard key={format.id} format={format} recommended={format.id === recommended} />
        ))}
      </Stack>
    </RadioGroup>
  );
}

function FormatCard({ format, recommended }: { format: FormatInfo; recommended: boolean }) {
  return (
    <Radio.Card value={format.id} p="md" className={classes.card} aria-label={format.label}>
      <Stack gap={4}>
        <Group gap="xs" wrap="nowrap">
          <Radio.Indicator aria-hidden />
          <Text fw={600}>{format.label}</Text>
          {recommended && <Badge variant="default">Recommended</Badge>}
        </Group>
        <Text size="sm" c="dimmed" pl={32}>
          {format.goodFor}
        </Text>
      </Stack>
    </Radio.Card>
  );
}
