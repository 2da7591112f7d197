import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseKeyring } from '#lib/secrets/keyring.ts';
import { signLink, verifyLink } from '#lib/secrets/links.ts';

const [oldKey, newKey] = ['old', 'new'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
const old = parseKeyring(String(oldKey));
const rotated = parseKeyring(`${newKey},${oldKey}`);
const link = { purpose: 'download', id: 'artifact-1' };
const expiresAt = new Date('2026-03-01T12:00:00Z');
const before = new Date('2026-03-01T11:59:59.999Z');

describe('a signed link', () => {
  it('is good until the second it expires', () => {
    const token = signLink(link, expiresAt, old);
    expect(verifyLink(token, link, before, old)).toBe('ok');
    expect(verifyLink(token, link, expiresAt, old)).toBe('expired');
  });

  it('outlives a rotation while its key is kept', () => {
    const token = signLink(link, expiresAt, old);
    expect(verifyLink(token, link, before, rotated)).toBe('ok');
    expect(verifyLink(token, link, before, parseKeyring(String(newKey)))).toBe('forged');
  });

  it('needs no escaping in a query', () => {
    expect(signLink(link, expiresAt, old)).toMatch(/^[\w.-]+$/);
  });

  const token = signLink(link, expiresAt, old);
  const [, signature] = token.split('.');
  it.each([
    ['another thing', token, { ...link, id: 'artifact-2' }],
    ['another purpose', token, { ...link, purpose: 'upload' }],
    ['a later expiry', `${expiresAt.getTime() / 1_000 + 86_400}.${signature}`, link],
    ['a changed signature', token.replace(/.{4}$/, 'AAAA'), link],
    ['a cut signature', token.slice(0, -1), link],
    ['no signature', String(expiresAt.getTime() / 1_000), link],
    ['nothing', '', link],
    ['a longer token', `${token}A`, link],
  ])('for %s is forged', (_, given, wanted) => {
    expect(verifyLink(given, wanted, before, old)).toBe('forged');
  });
});
