import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parse } from '#lib/core/parse.ts';

const schema = z.object({
  name: z.string().min(1).max(3),
  code: z.string().min(2).optional(),
  list: z.array(z.string()).min(1).max(2),
  count: z.int().min(1).max(9),
  share: z.number().gt(0).lt(1),
  own: z.string().min(1, 'must be chosen'),
});
const right = { name: 'a', list: ['a'], count: 1, share: 0.5, own: 'a' };

describe('what is parsed', () => {
  it.each([
    [{ name: '' }, 'must not be empty'],
    [{ name: 'abcd' }, 'may have 3 characters at most'],
    [{ name: undefined }, 'is required'],
    [{ code: 'a' }, 'needs at least 2 characters'],
    [{ list: [] }, 'needs at least one'],
    [{ list: ['a', 'b', 'c'] }, 'may have 2 at most'],
    [{ count: 0 }, 'must be at least 1'],
    [{ count: 10 }, 'must be at most 9'],
    [{ share: 0 }, 'must be more than 0'],
    [{ share: 1 }, 'must be less than 1'],
    [{ own: '' }, 'must be chosen'],
  ])('is refused in words at its field: %j', (wrong, problem) => {
    const [field = ''] = Object.keys(wrong);
    expect(() => parse(schema, { ...right, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid', fields: { [field]: problem } }),
    );
  });
});
