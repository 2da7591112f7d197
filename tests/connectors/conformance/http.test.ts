import { expect } from 'vitest';
import { isEntrepotError } from '#lib/core/errors.ts';
import { disguised, type Fault, limited } from '#tests/support/vendor/faults.ts';
import { conform, groundOf, idsOf, idsTo, stored, untilError } from './kit.ts';

/** How long a wait is with the jitter that lengthens it. */
const about = (ms: number) => expect.toSatisfy((wait: number) => wait >= ms && wait <= 1.25 * ms);

conform('http', {
  '429 with seconds, a date, a vendor’s header, and nothing': async (subject) => {
    const now = new Date('2026-03-01T12:00:00Z');
    for (const fault of [limited.seconds(2), limited.date(now, 2), limited.reset(now, 2)]) {
      const { read, vendor, waits } = await groundOf(subject, 30);
      vendor.fail(fault);
      expect(idsOf(await read())).toEqual(idsTo(30));
      expect(waits).toEqual([about(2_000)]);
    }
    for (const [fault, wait] of [
      [limited.silent(), 60_000],
      [limited.seconds(30), 30_000],
    ] as const) {
      const { read, vendor } = await groundOf(subject, 30);
      vendor.fail(fault, 4);
      await expect(read()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: wait });
    }
  },

  '5xx and a reset are tried again, a bounded number of times': async (subject) => {
    for (const fault of [{ status: 500 }, { status: 503 }, 'reset'] as const) {
      const { read, vendor, waits } = await groundOf(subject, 30);
      vendor.fail(fault, 2);
      expect(idsOf(await read())).toEqual(idsTo(30));
      expect(waits).toEqual([about(1_000), about(2_000)]);
    }
    const { read, vendor, waits } = await groundOf(subject, 30);
    vendor.fail({ status: 502 }, 100);
    await expect(read()).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
    expect(vendor.calls).toHaveLength(6);
    expect(waits).toHaveLength(5);
  },

  'an answer that is cut off loses nothing': async (subject) => {
    const { pages, read, vendor } = await groundOf(subject, 50);
    const cutAt = subject.answerRows ? 3 : 1;
    vendor.before(({ number }) => (number === cutAt ? 'truncated' : undefined));
    const failed = await untilError(pages());
    expect(failed.error).toMatchObject({ code: 'NETWORK_ERROR' });
    const rest = await read({ cursor: stored(failed.pages.at(-1)?.cursor ?? null) });
    const rows = [...failed.pages.flatMap((page) => page.rows), ...rest.rows];
    expect(rows.map(({ values }) => Number(values.id))).toEqual(idsTo(50));
  },

  'an answer that comes late is waited for': async (subject) => {
    const { read, vendor } = await groundOf(subject, 30);
    vendor.fail({ lateMs: 150 });
    expect(idsOf(await read())).toEqual(idsTo(30));
    const hasty = await groundOf(subject, 30, { limits: { headersTimeoutMs: 50 }, timeLeft: () => 0 });
    hasty.vendor.fail({ lateMs: 3_000 });
    await expect(hasty.read()).rejects.toMatchObject({ code: 'NETWORK_ERROR', retryAfterMs: 1_000 });
  },

  'credentials refused in mid-run stop it where it can be gone on with': async (subject) => {
    const { pages, read, vendor } = await groundOf(subject, 50);
    const credentials = { bearer: vendor.issueToken(60_000) };
    const expiresAt = subject.answerRows ? 3 : 1;
    vendor.before(({ number }) => {
      if (number === expiresAt) vendor.clock.advance(60_000);
      return undefined;
    });
    const failed = await untilError(pages({ credentials }));
    expect(failed.error).toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.stringContaining('Enter valid ones'),
    });
    expect(vendor.calls).toHaveLength(expiresAt);
    const fresh = { bearer: vendor.issueToken(60_000) };
    const rest = await read({ credentials: fresh, cursor: stored(failed.pages.at(-1)?.cursor ?? null) });
    expect(failed.pages.flatMap((page) => page.rows).length + rest.rows.length).toBe(50);
  },

  'other 4xx are not tried again': async (subject) => {
    for (const [status, code] of [
      [400, 'REQUEST_REFUSED'],
      [403, 'AUTH_FAILED'],
      [404, 'REQUEST_REFUSED'],
      [410, 'REQUEST_REFUSED'],
      [422, 'REQUEST_REFUSED'],
    ] as const) {
      const { read, vendor } = await groundOf(subject, 30);
      vendor.fail({ status });
      await expect(read()).rejects.toMatchObject({ code });
      expect(vendor.calls).toHaveLength(1);
    }
  },

  'no call is made after a cancel': async (subject) => {
    const controller = new AbortController();
    const { pages, vendor } = await groundOf(subject, 50, { signal: controller.signal });
    const last = subject.answerRows ? 2 : 1;
    vendor.before(({ number }) => {
      if (number === last) controller.abort(new Error('cancelled'));
      return undefined;
    });
    expect(await untilError(pages())).toMatchObject({ error: { message: 'cancelled' } });
    expect(vendor.calls).toHaveLength(last);
  },

  'a redirect to a private address is refused': async (subject) => {
    for (const location of [
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1/',
      'file:///etc/passwd',
    ]) {
      const { read, vendor } = await groundOf(subject, 30);
      vendor.fail({ status: 302, headers: { location } });
      await expect(read()).rejects.toMatchObject({ code: 'REQUEST_REFUSED' });
    }
  },

  'a secret is in no error': async (subject) => {
    const secret = 'hunter2-hunter2';
    const echo: Fault = { status: 200, body: `{"error":"the key ${secret} is wrong"}` };
    const faults: Fault[] = [
      echo,
      { status: 401 },
      { status: 400 },
      { status: 500 },
      'reset',
      ...Object.values(disguised),
    ];
    for (const credentials of [{ bearer: secret }, { apiKey: { query: 'key', value: secret } }]) {
      for (const fault of faults) {
        const { read, check, vendor } = await groundOf(subject, 30);
        vendor.fail(fault, 12);
        for (const failed of [
          await read({ credentials }).catch(textOf),
          await check(credentials).catch(textOf),
        ]) {
          expect(String(failed)).not.toContain(secret);
        }
      }
    }
  },
});

/** What a person or a log could see of an error. */
function textOf(error: unknown): string {
  return isEntrepotError(error)
    ? JSON.stringify([error.message, error.fields, String(error.cause)])
    : String(error);
}
