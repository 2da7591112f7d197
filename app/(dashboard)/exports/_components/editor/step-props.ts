import type { Column } from '#lib/core/columns.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { DatasetChoice, Draft } from './draft.ts';

/** What every step is given. */
export interface StepProps {
  readonly draft: Draft;
  change(changes: Partial<Draft>): void;
  readonly datasets: readonly DatasetChoice[];
  /** The chosen dataset's columns; none before one is chosen. */
  readonly columns: readonly Column[];
  readonly formats: readonly FormatInfo[];
  /** By the dotted path of a field of the definition: what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
}
