import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

// https://upstash.com/docs/qstash/howto/signature
const VALID_SECONDS = 300;

/** The `Upstash-Signature` of a delivery: a JWT over the URL and the raw body, valid for five minutes. */
export function sign(key: string, url: string, body: Uint8Array, now: number): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ body: createHash('sha256').update(body).digest('base64url') })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('Upstash')
    .setSubject(url)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + VALID_SECONDS)
    .setJti(`jwt_${randomUUID()}`)
    .sign(new TextEncoder().encode(key));
}
