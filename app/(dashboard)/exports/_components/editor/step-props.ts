import type { Column } from '#lib/core/columns.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { TransformInfo } from '#lib/exports/shape/catalog.ts';
import type { ColumnGroup } from './column-groups.ts';
import type { DatasetChoice, Draft } from './draft.ts';

/** What every step is given. */
export interface StepProps {
  readonly draft: Draft;
  change(changes: Partial<Draft>): void;
  readonly datasets: readonly DatasetChoice[];
  /** The chosen dataset's columns; none before one is chosen. */
  readonly columns: readonly Column[];
  /** The same with those of related datasets. */
  readonly groups: readonly ColumnGroup[];
  /** What the file has if nothing is said of its columns: the dataset's own, or what the groups give. */
  readonly outputs: readonly Column[];
  readonly formats: readonly FormatInfo[];
  readonly transforms: readonly TransformInfo[];
  /** By the dotted path of a field of the definition: what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Every column that a filter, a group or a sum can speak of. */
export function askable(groups: readonly ColumnGroup[]): Column[] {
  return groups.flatMap(({ columns }) => columns);
}
