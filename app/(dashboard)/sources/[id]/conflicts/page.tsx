import { Text } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { countConflicts, listConflicts } from '#lib/sources/conflicts.ts';
import classes from './_components/conflict-card.module.css';
import { ConflictCard } from './_components/conflict-card.tsx';

export const metadata: Metadata = { title: 'Conflicts' };

const SHOWN = 50;

export default async function ConflictsPage({ params }: PageProps<'/sources/[id]/conflicts'>) {
  const { id } = await params;
  const { session, mayEdit } = await readSource(id);
  const { items } = await listConflicts(session, id, SHOWN);
  if (items.length === 0) {
    return (
      <EmptyState
        title="No conflicts"
        action={
          <LinkButton href={`/sources/${id}/settings` as Route} variant="default">
            See who is right
          </LinkButton>
        }
      >
        Where a source is set to ask, a field that was edited here and that the source has changed since waits
        here for a person.
      </EmptyState>
    );
  }
  const datasets = new Map((await listDatasets(session)).items.map((dataset) => [dataset.name, dataset]));
  const total = await countConflicts(session, id);
  return (
    <>
      <Text size="sm" mb="md" maw={640}>
        The source has changed what was edited here. Until somebody decides, each field keeps the edit.
        {!mayEdit && ' An editor of the workspace can decide.'}
        {total > items.length &&
          ` These are the oldest ${items.length} of ${total}; the others follow as they are decided.`}
      </Text>
      <ul className={classes.list}>
        {items.map((conflict) => {
          const { dataset, stream, externalId, field } = conflict;
          const known = datasets.get(dataset);
          const column = known?.columns.find(({ name }) => name === field) ?? { name: field, type: 'text' };
          return (
            <ConflictCard
              key={[dataset, stream, externalId, field].join('\n')}
              sourceId={id}
              conflict={conflict}
              column={column}
              datasetLabel={known?.label ?? dataset}
              mayEdit={mayEdit}
            />
          );
        })}
      </ul>
    </>
  );
}
