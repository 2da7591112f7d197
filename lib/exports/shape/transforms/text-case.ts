import { z } from 'zod';
import { defineTransform, onText } from '#lib/exports/shape/transform.ts';

const options = z.strictObject({});

export const upper = defineTransform({
  id: 'upper',
  label: 'UPPER CASE',
  description: 'Makes all letters upper case.',
  accepts: ['text'],
  options,
  resultType: 'text',
  compile: () => onText((cell) => cell.toUpperCase()),
});

export const lower = defineTransform({
  id: 'lower',
  label: 'lower case',
  description: 'Makes all letters lower case.',
  accepts: ['text'],
  options,
  resultType: 'text',
  compile: () => onText((cell) => cell.toLowerCase()),
});

export const trim = defineTransform({
  id: 'trim',
  label: 'Trim blanks',
  description: 'Takes the blanks away at both ends.',
  accepts: ['text'],
  options,
  resultType: 'text',
  compile: () => onText((cell) => cell.trim()),
});
