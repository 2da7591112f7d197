import { z } from 'zod';
import { dotted, parameter } from './pagination-definition.ts';

/** A span of time as a person writes it, `5 minutes`. */
const duration = z
  .string()
  .regex(/^[1-9]\d{0,5} (?:second|minute|hour|day|week)s?$/, 'must be like "5 minutes" or "1 day"');

/** How a parameter takes a moment. Times are in UTC. */
const momentFormat = z.enum(['iso', 'isoSeconds', 'unix', 'unixMs', 'date']).meta({
  title: 'Written as',
  labels: {
    iso: '2026-01-31T12:00:00.000Z',
    isoSeconds: '2026-01-31T12:00:00Z',
    unix: 'Seconds since 1970',
    unixMs: 'Milliseconds since 1970',
    date: '2026-01-31',
  },
});
export type MomentFormat = z.infer<typeof momentFormat>;

const common = {
  column: dotted.meta({ title: 'Field that grows with every change', examples: ['updated_at'] }),
  parameter: parameter.meta({
    title: 'Parameter that asks for what is newer',
    examples: ['updated_since', 'modified_after'],
  }),
  expired: z
    .string()
    .min(3)
    .optional()
    .meta({
      title: 'Refusal of what is too old',
      description:
        'Words by which the API says that it keeps no changes from so far back: all is read then. A 410 says so by itself.',
      examples: ['cursor expired'],
    }),
};

const lookback = duration.optional().meta({
  title: 'Reach back by',
  description: 'Rows that appear late, with an older time, are found within this span.',
  examples: ['5 minutes', '1 hour', '1 day'],
});

/** By what an API gives only the rows that have changed since the last pass. */
export const incremental = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('timestamp'), ...common, format: momentFormat, lookback })
      .meta({ title: 'By a time', description: 'A time without a zone is taken as UTC.' }),
    z.strictObject({ type: z.literal('date'), ...common, lookback }).meta({ title: 'By a date' }),
    z
      .strictObject({
        type: z.literal('integer'),
        ...common,
        lookback: z
          .int()
          .min(1)
          .optional()
          .meta({
            title: 'Reach back by',
            description: 'Numbers that appear late are found within so many.',
            examples: [100],
          }),
      })
      .meta({ title: 'By a number' }),
    z.strictObject({ type: z.literal('text'), ...common }).meta({
      title: 'By a text that sorts',
      description: 'The parameter must give the rows from its value on, that one included.',
    }),
  ])
  .meta({
    title: 'What has changed',
    description: 'Where the API can give just the rows that are newer, a sync asks for those alone.',
    absentTitle: 'Everything, each time',
  });
export type Incremental = z.infer<typeof incremental>;

/** A span of time that a full pass reads piece by piece. */
export const windows = z
  .strictObject({
    from: parameter.meta({ title: 'Parameter with the beginning', examples: ['created_after', 'from'] }),
    to: parameter.meta({ title: 'Parameter with the end', examples: ['created_before', 'to'] }),
    format: momentFormat,
    start: z.iso
      .date('must be a date, like 2020-01-01')
      .meta({ title: 'Read from', examples: ['2020-01-01'] }),
    size: duration.meta({ title: 'Length of a window', examples: ['30 days', '1 day'] }),
    smallest: duration.optional().meta({
      title: 'Shortest length',
      description:
        'A window whose answer is cut is halved, down to this. A minute where absent, or a day for dates.',
      examples: ['1 hour'],
    }),
  })
  .meta({
    title: 'Windows of time',
    description: 'A full reading asks for one span of time after the other, up to tomorrow.',
    absentTitle: 'All at once',
  });
export type Windows = z.infer<typeof windows>;
