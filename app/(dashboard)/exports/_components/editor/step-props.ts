import type { Column } from '#lib/core/columns.ts';
import type { ExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { Preview } from '#lib/exports/preview.ts';
import type { TransformInfo } from '#lib/exports/shape/catalog.ts';
import type { ColumnGroup } from './column-groups.ts';
import type { DatasetChoice, Draft } from './draft.ts';
import type { QueryDraft } from './query-draft.ts';

/** What the parts are given that ask for rows and columns: those of the export, or of a further table. */
export interface QueryProps {
  readonly draft: QueryDraft;
  change(changes: Partial<QueryDraft>): void;
  /** The chosen dataset's columns; none before one is chosen. */
  readonly columns: readonly Column[];
  /** The same with those of related datasets. */
  readonly groups: readonly ColumnGroup[];
  /** What the file has if nothing is said of its columns: the dataset's own, or what the groups give. */
  readonly outputs: readonly Column[];
  readonly transforms: readonly TransformInfo[];
  /** Of expressions. */
  readonly guide: ExpressionGuide;
  readonly personal: PersonalChoice;
  /** By the dotted path of a field of the draft: what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What is known of personal data before a column is asked. */
export interface PersonalChoice {
  /** Whether the export shows all of it. */
  readonly showsAll: boolean;
  /** Only the owner of an export may show any. */
  readonly mayShow: boolean;
}

/** What every step is given. */
export interface StepProps extends Omit<QueryProps, 'draft' | 'change'> {
  readonly draft: Draft;
  change(changes: Partial<Draft>): void;
  readonly datasets: readonly DatasetChoice[];
  readonly formats: readonly FormatInfo[];
  /** Whether a file of the chosen format has room for several tables. */
  readonly holdsTables: boolean;
  /** The further table that is open and previewed, by its id, in place of the first one; its preview may still lack. */
  readonly open: { readonly id: number; readonly preview: Preview | undefined } | undefined;
  openTable(id: number | undefined): void;
}

/** Every column that a filter, a group or a sum can speak of. */
export function askable(groups: readonly ColumnGroup[]): Column[] {
  return groups.flatMap(({ columns }) => columns);
}
