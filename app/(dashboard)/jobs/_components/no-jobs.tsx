import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';

/** Stands where no job has ended yet, or none as asked for. */
export function NoJobs({ narrowed }: { narrowed: boolean }) {
  if (narrowed) {
    return (
      <EmptyState
        title="No job like that"
        action={
          <LinkButton href="/jobs" variant="default">
            Show all
          </LinkButton>
        }
      >
        None of the workspace’s past jobs fits these choices.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing has run yet"
      action={<LinkButton href="/sources">Go to the sources</LinkButton>}
    >
      A job starts when you sync a source or run an export. What it did will stand here.
    </EmptyState>
  );
}
