'use client';

import { Badge, Box, Group, Paper, Text, VisuallyHidden } from '@mantine/core';
import type { Route } from 'next';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { setRelations } from '#app/(dashboard)/data/actions.ts';
import { etagOf } from '#lib/core/etag.ts';
import type { Relation } from '#lib/datasets/relation-schema.ts';
import type { DatasetView } from '#lib/datasets/view.ts';

interface RelationItemProps {
  readonly dataset: DatasetView;
  readonly relation: Relation;
  /** Undefined where it is gone. */
  readonly target: DatasetView | undefined;
  readonly mayEdit: boolean;
  onChanged(): void;
}

/** A relation in words; one that is not built in can be taken away. */
export function RelationItem({ dataset, relation, target, mayEdit, onChanged }: RelationItemProps) {
  const { run, pending, error } = useAction(setRelations);
  const { name, label = name, builtIn } = relation;
  const remove = async () => {
    const relations = dataset.relations.filter((each) => each.name !== name);
    await run({ name: dataset.name, ifMatch: etagOf(dataset), relations });
    onChanged();
  };
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Group gap="xs">
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {label}
          </Text>
          {builtIn && <Badge variant="default">Built in</Badge>}
        </Group>
        {mayEdit && !builtIn && (
          <ConfirmButton
            size="compact-sm"
            question={`Take the relation ${label} away?`}
            consequence="Exports can no longer follow it. The rows of both datasets stay as they are."
            confirmLabel="Take it away"
            pending={pending}
            onConfirm={remove}
          >
            Take away
            <VisuallyHidden> {label}</VisuallyHidden>
          </ConfirmButton>
        )}
      </Group>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {relation.kind === 'one' ? 'At most one row of ' : 'Any number of rows of '}
        {target ? (
          <TextLink href={`/data/${target.name}` as Route} inherit>
            {target.label}
          </TextLink>
        ) : (
          `${relation.dataset}, which is gone`
        )}
        {': '}
        {pairsInWords(relation, dataset, target)}
      </Text>
      {error && (
        <Box mt="xs">
          <ProblemAlert error={error} />
        </Box>
      )}
    </Paper>
  );
}

function pairsInWords({ columns, sameSource }: Relation, own: DatasetView, target?: DatasetView): string {
  const pairs = columns.map(({ from, to }) => `${labelOf(to, target)} is this row’s ${labelOf(from, own)}`);
  return `their ${[...pairs, ...(sameSource ? ['they are of the same source'] : [])].join(' and ')}.`;
}

function labelOf(name: string, dataset: DatasetView | undefined): string {
  return dataset?.columns.find((column) => column.name === name)?.label ?? name;
}
