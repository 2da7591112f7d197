'use client';

import { Button, Drawer, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useFormat } from '#app/_ui/format.tsx';
import classes from './editor.module.css';
import { PreviewPanel, type PreviewPanelProps } from './preview-panel.tsx';

/** On narrow screens, at the lower edge: how many rows there will be, and the way to the preview. */
export function PreviewBar(props: PreviewPanelProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Group className={classes.bar ?? ''} justify="space-between" wrap="nowrap">
        <Text size="sm" suppressHydrationWarning>
          <Summary {...props} />
        </Text>
        <Button size="compact-sm" variant="default" onClick={open}>
          Show preview
        </Button>
      </Group>
      <Drawer opened={opened} onClose={close} position="bottom" size="85%" title="What the export gives">
        <PreviewPanel {...props} />
      </Drawer>
    </>
  );
}

function Summary({ shown: { preview, error }, missing, tables }: PreviewPanelProps) {
  const format = useFormat();
  if (missing) return missing;
  if (error) return 'Something is not right yet.';
  if (!preview) return 'Looking …';
  const rows = preview.estimatedRows;
  const several = tables && tables.choices.length > 1;
  const table = several ? `${tables.choices.find(({ value }) => value === tables.chosen)?.label}: ` : '';
  const warned = preview.warnings.length > 0 ? ', with a warning' : '';
  return `${table}${format.number(rows)} ${rows === 1 ? 'row' : 'rows'}${warned}`;
}
