import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { columnTypes } from '#lib/core/columns.ts';
import { defineTransform, onText } from '#lib/exports/shape/transform.ts';
import { pseudonymKey } from '#lib/secrets/pseudonyms.ts';

/** What stands for a value that is not shown: as long for every value, so that not even its length is told. */
export const MASK = '***';
/** More would often be all that matters of a value, and so would more than a quarter of it. */
const MAX_KEPT = 4;
const MAX_SHARE = 1 / 4;

export const mask = defineTransform({
  id: 'mask',
  label: 'Mask',
  description:
    'Hides a value whole, or but for its last characters, which are never more than a quarter of it.',
  accepts: columnTypes,
  options: z.strictObject({
    keep: z.int().min(0).max(MAX_KEPT).default(0).meta({
      description: 'How many of the last stay; of personal data none, unless those are shown.',
    }),
  }),
  resultType: 'text',
  conceals: true,
  shows: ({ keep }) => keep > 0,
  compile: ({ keep }) =>
    onText((cell) => {
      const characters = [...cell];
      const hidden = characters.length - Math.min(keep, Math.floor(characters.length * MAX_SHARE));
      return MASK + characters.slice(hidden).join('');
    }),
});

export const hash = defineTransform({
  id: 'hash',
  label: 'Hash',
  description:
    'A SHA-256 under a key of the workspace: the same for the same value in every delivery, so that rows can be matched, and not to be found by guessing.',
  accepts: columnTypes,
  options: z.strictObject({
    salt: z.string().max(200).default('').meta({
      description: 'Another one gives other hashes, for recipients who are not to compare theirs.',
    }),
  }),
  resultType: 'text',
  conceals: true,
  compile({ salt }, { pseudonyms }) {
    const key = pseudonyms && pseudonymKey(pseudonyms, salt);
    return onText((cell) => {
      if (!key) throw new TypeError('a hash needs the secret of its workspace');
      return createHmac('sha256', key).update(cell).digest('hex');
    });
  },
});
