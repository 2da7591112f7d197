import { z } from 'zod';
import { defineTransform, onText } from '#lib/exports/shape/transform.ts';

export const lookup = defineTransform({
  id: 'lookup',
  label: 'Look up in a table',
  description: 'Writes for each value what a table says, such as “Active” for A.',
  accepts: ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp'],
  options: z.strictObject({
    table: z
      .record(z.string().meta({ title: 'Value' }), z.string().meta({ title: 'Is written as' }))
      .refine((table) => Object.keys(table).length > 0, 'must have a line')
      .meta({ description: 'What is written, by the value.' }),
    default: z.string().nullable().optional().meta({
      description: 'For any other value; null for none. It stays as it is where absent.',
    }),
  }),
  resultType: 'text',
  compile({ table, default: otherwise }) {
    const known = new Map(Object.entries(table));
    return onText((cell) => known.get(cell) ?? (otherwise === undefined ? cell : otherwise));
  },
});
