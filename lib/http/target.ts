import { EntrepotError } from '#lib/core/errors.ts';

/**
 * The address to call, parsed: http or https, without a user name or password in it, and of a host that the
 * caller may call. Throws `REQUEST_REFUSED`, naming no more of the address than its host.
 */
export function parseTarget(text: string, allowedHosts: readonly string[] | 'any'): URL {
  const url = URL.parse(text);
  if (!url) throw refused('The address is not a valid URL. Enter one like https://example.com/products.csv.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(`Addresses must begin with http:// or https://, not ${url.protocol}//.`);
  }
  if (url.username || url.password) {
    throw refused('The address holds a user name or password. Enter them as credentials instead.');
  }
  if (allowedHosts !== 'any' && !allowedHosts.includes(url.hostname)) {
    throw refused(`This connector may not call ${url.hostname}.`);
  }
  return url;
}

function refused(message: string): EntrepotError {
  return new EntrepotError('REQUEST_REFUSED', message);
}
