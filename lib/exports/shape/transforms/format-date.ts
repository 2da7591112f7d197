import { z } from 'zod';
import { patternProblem } from '#lib/core/date-pattern.ts';
import { dateWriter } from '#lib/core/date-writer.ts';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { localeOption } from '#lib/exports/shape/locale.ts';
import { defineTransform, onText } from '#lib/exports/shape/transform.ts';

const options = z.strictObject({
  pattern: z
    .string()
    .max(100)
    .superRefine((text, context) => {
      const problem = patternProblem(text, 'timestamp');
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .default('YYYY-MM-DD')
    .meta({
      examples: ['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'D MMM YYYY', 'YYYY-MM-DD HH:mm'],
      description:
        'Such as DD.MM.YYYY HH:mm, of YYYY YY MMMM MMM MM M DD D HH H hh h mm m ss s SSS A Z; words in [brackets].',
    }),
  zone: z.string().refine(isTimeZone, 'must be a time zone, such as Europe/Berlin').default('UTC').meta({
    input: 'timeZone',
    description: 'Whose clocks show a time; days are the same in every zone.',
  }),
  locale: localeOption.meta({ description: 'Names the months.' }),
});

export const formatDate = defineTransform({
  id: 'formatDate',
  label: 'Write as a date',
  description: 'Writes days and times by a pattern.',
  accepts: ['date', 'timestamp'],
  options,
  resultType: 'text',
  compile: (chosen) => onText(dateWriter(chosen)),
});
