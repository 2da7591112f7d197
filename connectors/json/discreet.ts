import type { FileCredentials } from '#connectors/file-definition.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';

/** Shorter texts are no secrets, and would tear words apart. */
const MIN_SECRET_CHARS = 4;

/** The error without what is secret: an API may repeat in its answer the key that it was sent. */
export function discreet(error: unknown, credentials: FileCredentials | null): unknown {
  const secrets = secretsIn(credentials).filter((text) => text.length >= MIN_SECRET_CHARS);
  if (!isEntrepotError(error) || !secrets.some((secret) => error.message.includes(secret))) return error;
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), error.message);
  const { code, fields, retryAfterMs } = error;
  return new EntrepotError(code, message, {
    ...(fields && { fields }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
