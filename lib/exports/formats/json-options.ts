import { z } from 'zod';

/** `exact` writes decimals, and integers past 2^53, as strings; `number` writes every number as a number. */
export const jsonOptions = z.strictObject({
  numbers: z
    .enum(['exact', 'number'])
    .default('exact')
    .meta({
      title: 'Numbers',
      description:
        'Many programs round long numbers when they read them. As text every digit arrives, which matters for money.',
      labels: { exact: 'Decimals as text, exact', number: 'All as numbers' },
    }),
});
export type JsonOptions = z.infer<typeof jsonOptions>;
