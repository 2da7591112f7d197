import { Count } from '#app/_ui/format.tsx';

interface RowCountProps {
  readonly counts: Promise<ReadonlyMap<string, number>>;
  readonly id: string;
}

/** How many rows a source has, once that is counted. */
export async function RowCount({ counts, id }: RowCountProps) {
  return <Count value={(await counts).get(id) ?? 0} />;
}
