import { z } from 'zod';

/** What a new password must be; the Auth server may ask for more. Beyond 72 bytes it would not look any further. */
export const newPassword = z
  .string()
  .min(8, 'must have at least 8 characters')
  .refine((password) => Buffer.byteLength(password) <= 72, 'must be shorter: 72 letters at most');
