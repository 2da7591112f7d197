import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';

export default function PageNotFound() {
  return (
    <EmptyState title="There is nothing here" action={<LinkButton href="/home">Go home</LinkButton>}>
      It may have been deleted, or it belongs to another workspace.
    </EmptyState>
  );
}
