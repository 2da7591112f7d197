import { z } from 'zod';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { timeUnits, weekStarts } from '#lib/datasets/time-units.ts';

const bucket = z
  .strictObject({
    unit: z.enum(timeUnits),
    weekStart: z.enum(weekStarts).optional().meta({
      description: 'Of weeks alone: the day they begin with, Monday where absent.',
    }),
    zone: z.string().refine(isTimeZone, 'must be a time zone, such as Europe/Berlin').optional().meta({
      description: 'Whose days and hours are meant, UTC where absent. A column of dates needs none.',
    }),
  })
  .refine(({ unit, weekStart }) => unit === 'week' || weekStart === undefined, {
    path: ['weekStart'],
    message: 'has a meaning for weeks alone',
  })
  .meta({
    description:
      'Puts times together that are within one stretch: minutes and hours by the time at which they begin, longer ones by the date of their first day.',
  });
export type Bucket = z.infer<typeof bucket>;

/** What rows are put together by. */
export const groupKey = z
  .strictObject({
    field: z.string().min(1).meta({ description: 'A column of the dataset, or of a related one.' }),
    bucket: bucket.optional(),
    header: z.string().min(1).max(1_000).optional().meta({
      description: 'What the column is called in the file; the name of the output where absent.',
    }),
  })
  .meta({ id: 'GroupKey' });
export type GroupKey = z.infer<typeof groupKey>;
