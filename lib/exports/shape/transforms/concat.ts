import { z } from 'zod';
import { defineTransform } from '#lib/exports/shape/transform.ts';

export const concat = defineTransform({
  id: 'concat',
  label: 'Join several columns',
  description: 'Writes the column and others, one after another; those without a value are passed over.',
  accepts: ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp', 'json'],
  options: z.strictObject({
    columns: z
      .array(z.string().min(1).meta({ input: 'column' }))
      .min(1)
      .max(20)
      .meta({ description: 'The others, in their order.' }),
    separator: z.string().max(50).default(' ').meta({ description: 'What stands between two.' }),
  }),
  resultType: 'text',
  reads: ({ columns }) => columns,
  compile({ separator }) {
    return (cell, others) => {
      const texts = [cell, ...others].filter((text) => text !== null && text !== '');
      return texts.length === 0 ? null : texts.join(separator);
    };
  },
});
