import { z } from 'zod';
import type { ColumnType } from '#lib/core/columns.ts';
import { patternProblem } from '#lib/core/date-pattern.ts';
import { dateWriter } from '#lib/core/date-writer.ts';
import { isTimeZone } from '#lib/core/time-zone.ts';

const LONGEST_PATTERN = 100;

const pattern = (kind: 'date' | 'timestamp') =>
  z
    .string()
    .max(LONGEST_PATTERN)
    .superRefine((text, context) => {
      const problem = patternProblem(text, kind);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .optional();

/** The options of text formats that say how days and times are written. */
export const timeOptions = {
  dateFormat: pattern('date').meta({
    title: 'Days',
    examples: ['DD.MM.YYYY', 'MM/DD/YYYY', 'D MMM YYYY', 'YYYYMMDD'],
    description:
      'A pattern such as DD.MM.YYYY, of YYYY YY MMMM MMM MM M DD D; words in [brackets]. As in 2026-01-31 where absent.',
  }),
  timestampFormat: pattern('timestamp').meta({
    title: 'Times',
    examples: ['DD.MM.YYYY HH:mm', 'MM/DD/YYYY h:mm A', 'YYYY-MM-DD HH:mm:ss'],
    description:
      'A pattern such as DD.MM.YYYY HH:mm, of the same and HH H hh h mm m ss s SSS A Z. ISO 8601, exact to the microsecond, where absent.',
  }),
  timeZone: z
    .string()
    .max(LONGEST_PATTERN)
    .refine(isTimeZone, 'must be a time zone, such as Europe/Berlin')
    .default('UTC')
    .meta({
      title: 'Clocks',
      input: 'timeZone',
      description: 'The time zone in which times are written, such as America/New_York.',
    }),
};

export interface TimeOptions {
  readonly dateFormat?: string | undefined;
  readonly timestampFormat?: string | undefined;
  readonly timeZone: string;
}

/** Writes the cells of a column of days or times; undefined where they are written as they are. */
export function timeWriter(
  type: ColumnType,
  { dateFormat, timestampFormat, timeZone }: TimeOptions,
): ((cell: string) => string) | undefined {
  if (type === 'date' && dateFormat !== undefined) return dateWriter({ pattern: dateFormat });
  if (type !== 'timestamp' || (timestampFormat === undefined && timeZone === 'UTC')) return undefined;
  return dateWriter({ pattern: timestampFormat, zone: timeZone });
}
