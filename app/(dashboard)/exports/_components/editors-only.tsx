import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';

/** Stands where a viewer has followed a link to what viewers may not do. */
export function EditorsOnly() {
  return (
    <EmptyState
      title="For editors and owners"
      action={<LinkButton href="/exports">Go to the exports</LinkButton>}
    >
      As a viewer you can look at exports and download their files. Ask an owner of this workspace for the
      role of an editor to define and run them.
    </EmptyState>
  );
}
