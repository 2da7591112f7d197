import { expect } from 'vitest';
import { conform, groundOf, statedBy } from './kit.ts';

conform('check and discover', {
  'a good config is one success': async (subject) => {
    const { check } = await groundOf(subject, 10);
    expect(await check()).toContain('id');
  },

  'bad credentials are an error that a person can act on': async (subject) => {
    for (const status of [401, 403]) {
      const { check, vendor } = await groundOf(subject, 10);
      vendor.fail({ status });
      await expect(check({ bearer: 's3cret' })).rejects.toMatchObject({
        code: 'AUTH_FAILED',
        message: expect.stringMatching(/Enter valid ones|enter others/),
      });
      expect(vendor.calls).toHaveLength(1);
    }
  },

  'a check is one call': async (subject) => {
    for (const rows of [0, 1, 95]) {
      const { check, vendor } = await groundOf(subject, rows);
      expect(await check()).toMatch(rows === 0 ? /no rows|without any rows/ : /id/);
      expect(vendor.calls).toHaveLength(1);
    }
  },

  'every column of the rows is in the schema, and the other way round': async (subject) => {
    const { read } = await groundOf(subject, 20);
    const { columns } = await statedBy(subject);
    const found = new Set((await read()).values.flatMap((values) => Object.keys(values)));
    expect([...found].sort()).toEqual(columns.map(({ name }) => name).sort());
  },
});
