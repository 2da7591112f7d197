'use client';

import { Badge, Button, Collapse, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Column } from '#lib/core/columns.ts';
import type { FieldDraft } from './mapping-draft.ts';
import classes from './mapping-editor.module.css';
import type { SourceChoices } from './source-choices.ts';
import { SourceInput } from './source-input.tsx';
import { entryOf } from './transform-draft.ts';
import { TransformSteps } from './transform-steps.tsx';
import { typeLabels } from './type-labels.ts';

interface FieldRowProps {
  readonly column: Column;
  readonly isKey: boolean;
  readonly draft: FieldDraft | undefined;
  readonly choices: SourceChoices;
  readonly problem: string | undefined;
  onChange(draft: FieldDraft | undefined): void;
}

/** One column of the dataset, and what fills it. */
export function FieldRow(props: FieldRowProps) {
  const { column, isKey, draft, choices, problem, onChange } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const name = column.label ?? column.name;
  return (
    <li className={classes.row}>
      <div className={classes.fields}>
        <div className={classes.name}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Group gap={6}>
            <Text size="xs" c="dimmed">
              {typeLabels[column.type]}
            </Text>
            {isKey && (
              <Badge size="xs" color="indigo.8" radius="sm">
                Key
              </Badge>
            )}
          </Group>
        </div>
        <SourceInput {...{ name, draft, choices, problem, onChange }} />
        {draft && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconAdjustments size={16} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`Adjust ${name}`}
          >
            Adjust
          </Button>
        )}
      </div>
      {draft && !isOpen && <Summary draft={draft} />}
      <Collapse expanded={isOpen && draft !== undefined} id={id}>
        {draft && isOpen && <Adjustments name={name} draft={draft} onChange={onChange} />}
      </Collapse>
    </li>
  );
}

/** What is done on the way, in a line. */
function Summary({ draft: { transforms, fallback } }: { draft: FieldDraft }) {
  const steps = transforms.map(({ name }) => entryOf(name).label);
  const all = fallback === '' ? steps : [...steps, `“${fallback}” where empty`];
  if (all.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" mt={4}>
      {all.join(' → ')}
    </Text>
  );
}

interface AdjustmentsProps {
  readonly name: string;
  readonly draft: FieldDraft;
  onChange(draft: FieldDraft): void;
}

function Adjustments({ name, draft, onChange }: AdjustmentsProps) {
  return (
    <Stack gap="md" pt="sm" role="group" aria-label={`Adjustments of ${name}`}>
      <TransformSteps
        transforms={draft.transforms}
        onChange={(transforms) => onChange({ ...draft, transforms })}
      />
      <TextInput
        label="Where there is no value, use"
        placeholder="leave it empty"
        value={draft.fallback}
        onChange={(event) => onChange({ ...draft, fallback: event.currentTarget.value })}
        maw={420}
      />
    </Stack>
  );
}
