'use client';

import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { setRelations } from '#app/(dashboard)/data/actions.ts';
import { etagOf } from '#lib/core/etag.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import { relationProblems } from './relation-draft.ts';
import { RelationForm } from './relation-form.tsx';
import { RelationItem } from './relation-item.tsx';
import { useDatasets } from './use-datasets.ts';

interface RelationsPanelProps {
  /** The name of the dataset. */
  readonly dataset: string;
  readonly mayEdit: boolean;
}

/** The relations of a dataset; whoever may edit adds some and takes own ones away. */
export function RelationsPanel({ dataset: name, mayEdit }: RelationsPanelProps) {
  const { datasets, error, reload } = useDatasets();
  const dataset = datasets?.find((each) => each.name === name);
  if (error) return <ProblemAlert error={error} />;
  if (!datasets || !dataset) return <Skeleton height={120} />;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Which rows of other datasets belong to a row of {dataset.label}. Exports can follow them, and take
        columns from there.
      </Text>
      {dataset.relations.length === 0 ? (
        <Text>There are none yet.</Text>
      ) : (
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {dataset.relations.map((relation) => (
            <RelationItem
              key={relation.name}
              {...{ dataset, relation, mayEdit }}
              target={datasets.find((each) => each.name === relation.dataset)}
              onChanged={reload}
            />
          ))}
        </Stack>
      )}
      {mayEdit && <AddRelation {...{ dataset, datasets }} onChanged={reload} />}
    </Stack>
  );
}

interface AddRelationProps {
  readonly dataset: DatasetView;
  readonly datasets: readonly DatasetView[];
  onChanged(): void;
}

function AddRelation({ dataset, datasets, onChanged }: AddRelationProps) {
  const [isAdding, setAdding] = useState(false);
  const { run, pending, error, clearError } = useAction(setRelations);
  const { name, relations } = dataset;
  if (!isAdding) {
    return (
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setAdding(true)}
        style={{ alignSelf: 'flex-start' }}
      >
        Add a relation
      </Button>
    );
  }
  return (
    <RelationForm
      own={dataset}
      others={datasets.filter((each) => each.name !== name)}
      pending={pending}
      error={error}
      problems={relationProblems(error?.fields, relations.length)}
      onChange={clearError}
      onCancel={() => {
        clearError();
        setAdding(false);
      }}
      onSave={async (relation) => {
        const saved = await run({ name, ifMatch: etagOf(dataset), relations: [...relations, relation] });
        if (saved) setAdding(false);
        onChanged();
      }}
    />
  );
}
