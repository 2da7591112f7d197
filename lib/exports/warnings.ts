import { z } from 'zod';
import type { CellNote, FileContext } from '#lib/exports/formats/contract.ts';

/** So many examples of each warning are kept, each cut to so many characters. */
export const EXAMPLES = 3;
const EXAMPLE_LENGTH = 80;

/** Something about a run's rows that its owner should know, though the file is whole. */
export const exportWarning = z
  .object({
    type: z.enum([
      'missing_field',
      'empty_column',
      'cell_neutralised',
      'cell_cut',
      'cell_replaced',
      'not_checked',
    ]),
    message: z.string().meta({ description: 'In a sentence.' }),
    affectedItems: z.int().meta({ description: 'How many rows or cells it is about.' }),
    examples: z.array(z.string()).readonly().meta({ description: 'The first few: keys of rows, or cells.' }),
  })
  .meta({ id: 'ExportWarning' });
export type ExportWarning = Readonly<z.infer<typeof exportWarning>>;

/** Gathers what the formats note of single cells, column by column. */
export interface Notes {
  readonly note: FileContext['note'];
  /** In the order in which each was first noted. */
  warnings(): ExportWarning[];
}

interface Noted {
  readonly kind: CellNote;
  readonly header: string;
  readonly examples: string[];
  count: number;
}

/** Nothing noted yet; memory grows with columns alone. */
export function newNotes(): Notes {
  const found = new Map<string, Noted>();
  return {
    note(kind, header, cell) {
      const key = `${kind} ${header}`;
      let noted = found.get(key);
      if (!noted) {
        noted = { kind, header, examples: [], count: 0 };
        found.set(key, noted);
      }
      noted.count += 1;
      if (noted.examples.length < EXAMPLES) noted.examples.push(asExample(cell));
    },
    warnings: () =>
      [...found.values()].map(({ kind, header, count, examples }) => ({
        ...cellWarning(kind, header, count),
        affectedItems: count,
        examples,
      })),
  };
}

/** Each warning once, in the order in which each came first. */
export function distinctWarnings(warnings: readonly ExportWarning[]): ExportWarning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** Short enough to be shown. */
export function asExample(text: string): string {
  return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text;
}

/** Of one cell, and of several. */
const deeds: Record<CellNote, readonly [string, string]> = {
  neutralised: [
    'begins like a formula: a mark before it keeps spreadsheets from running it',
    'begin like formulas: a mark before them keeps spreadsheets from running them',
  ],
  cut: ['is longer than the format holds and was cut', 'are longer than the format holds and were cut'],
  replaced: [
    'cannot be written in this format as it is and was replaced',
    'cannot be written in this format as they are and were replaced',
  ],
};

/** What was done to `count` cells of a column, in a sentence. */
export function cellWarning(
  kind: CellNote,
  header: string,
  count: number,
): Pick<ExportWarning, 'type' | 'message'> {
  const [one, several] = deeds[kind];
  const message =
    count === 1 ? `One cell of “${header}” ${one}.` : `${count} cells of “${header}” ${several}.`;
  return { type: `cell_${kind}`, message };
}
