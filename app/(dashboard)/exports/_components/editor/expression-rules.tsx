import { Code, Group, Stack, Text } from '@mantine/core';
import { SectionField } from '#app/_ui/schema-form/section-field.tsx';
import type { ExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';

/** How expressions work and how it behaves, folded away until somebody asks. */
export function ExpressionRules({ rules }: Pick<ExpressionGuide, 'rules'>) {
  return (
    <SectionField title="How expressions work" initiallyOpen={false} isWrong={false}>
      {rules.map(({ about, rule, examples }) => (
        <Stack key={about} gap={4}>
          <Text size="sm" fw={600}>
            {about}
          </Text>
          <Text size="sm">{rule}</Text>
          {examples.map(({ text, gives }) => (
            <Group key={text} gap="xs">
              <Code>{text}</Code>
              <Text size="sm">
                is <Code>{gives}</Code>
              </Text>
            </Group>
          ))}
        </Stack>
      ))}
    </SectionField>
  );
}
