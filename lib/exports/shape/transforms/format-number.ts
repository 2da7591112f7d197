import { z } from 'zod';
import { numberWriter } from '#lib/core/number-text.ts';
import { defineTransform, onText } from '#lib/exports/shape/transform.ts';

const options = z
  .strictObject({
    decimals: z.int().min(0).max(20).optional().meta({
      description: 'Places behind the decimal sign, rounded half up; as many as there are where absent.',
    }),
    decimalSeparator: z.enum(['.', ',']).default('.').meta({ description: 'The decimal sign.' }),
    thousandsSeparator: z.enum(['', ',', '.', ' ', "'"]).default(',').meta({
      description: 'Between groups of three digits.',
    }),
  })
  .refine(({ decimalSeparator, thousandsSeparator }) => decimalSeparator !== thousandsSeparator, {
    path: ['thousandsSeparator'],
    message: 'must differ from the decimal sign',
  });

export const formatNumber = defineTransform({
  id: 'formatNumber',
  label: 'Write as a number',
  description: 'Rounds a number, exactly, and writes it with separators.',
  accepts: ['integer', 'decimal'],
  options,
  resultType: 'text',
  inert: true,
  compile: (chosen) => onText(numberWriter(chosen)),
});
