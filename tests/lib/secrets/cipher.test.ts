import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt } from '#lib/secrets/cipher.ts';
import { parseKeyring } from '#lib/secrets/keyring.ts';

const base64 = () => randomBytes(32).toString('base64');
const [oldKey, newKey] = [`old:${base64()}`, `new:${base64()}`];
const old = parseKeyring(oldKey);
const rotated = parseKeyring(`${newKey},${oldKey}`);
const source = { workspaceId: 'w1', sourceId: 's1', origin: 'https://one.test' };
const secret = JSON.stringify({ bearer: 'hunter2 ✓' });

describe('the cipher', () => {
  it('gives back what it was given', () => {
    expect(decrypt(encrypt(secret, source, old), source, old)).toBe(secret);
    expect(decrypt(encrypt('', source, old), source, old)).toBe('');
  });

  it('never gives the same ciphertext twice, and none that holds the text', () => {
    const [one, two] = [encrypt(secret, source, old), encrypt(secret, source, old)];
    expect(one.ciphertext.equals(two.ciphertext)).toBe(false);
    expect(one.ciphertext.includes('hunter2')).toBe(false);
  });

  it('encrypts under the first key and decrypts under all', () => {
    const before = encrypt(secret, source, old);
    const after = encrypt(secret, source, rotated);
    expect([before.keyId, after.keyId]).toEqual(['old', 'new']);
    expect([before, after].map((each) => decrypt(each, source, rotated))).toEqual([secret, secret]);
  });

  const encrypted = encrypt(secret, source, old);
  const changed = (at: number) => {
    const ciphertext = Buffer.from(encrypted.ciphertext);
    ciphertext.writeUInt8(ciphertext.readUInt8(at) ^ 1, at);
    return { ...encrypted, ciphertext };
  };
  it.each([
    ['another source', encrypted, { ...source, sourceId: 's2' }, old],
    ['another origin', encrypted, { ...source, origin: 'https://two.test' }, old],
    ['another workspace', encrypted, { ...source, workspaceId: 'w2' }, old],
    ['ids that are joined otherwise', encrypted, { ...source, workspaceId: 'w', sourceId: '1s1' }, old],
    ['a key that is gone', encrypted, source, parseKeyring(newKey)],
    ['another key of the same id', encrypted, source, parseKeyring(`old:${base64()}`)],
    ['a changed nonce', changed(0), source, old],
    ['a changed tag', changed(12), source, old],
    ['a changed text', changed(30), source, old],
    ['a cut text', { ...encrypted, ciphertext: encrypted.ciphertext.subarray(0, 20) }, source, old],
    ['nothing', { ...encrypted, ciphertext: Buffer.alloc(0) }, source, old],
  ])('refuses %s, always with the same words', (_, given, binding, keys) => {
    expect(() => decrypt(given, binding, keys)).toThrow(
      'The stored credentials can no longer be read, or are for another address. Enter them again.',
    );
  });
});

describe('the keyring', () => {
  it.each([
    ['', 'key 1'],
    [`${oldKey},broken`, 'key 2'],
    ['a:c2hvcnQ=', 'key 1'],
    [`${oldKey},${oldKey}`, 'repeats an id'],
  ])('names the place of a malformed key and not the key', (text, place) => {
    const parse = () => parseKeyring(text);
    expect(parse).toThrow(place);
    expect(parse).not.toThrow(/broken|c2hvcnQ/);
  });
});
