import { EntrepotError } from '#lib/core/errors.ts';
import { type Answer, discard, type Hop } from './exchange.ts';
import { parseTarget } from './target.ts';

const MAX_REDIRECTS = 5;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** The only headers of a request that may follow it to another origin: they cannot hold a credential. */
const harmlessHeaders = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

/**
 * The answer at the end of at most five redirects, and the hop that got it. Each address on the way is checked
 * as the first one was. Another origin gets neither headers nor a body that were meant for the first; a step
 * down from https to http is refused.
 */
export async function followRedirects(
  first: Hop,
  allowedHosts: readonly string[] | 'any',
  exchange: (hop: Hop) => Promise<Answer>,
): Promise<{ hop: Hop; answer: Answer }> {
  let hop = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await exchange(hop);
    const { location } = answer.headers;
    if (location === undefined || !redirectStatuses.has(answer.status)) return { hop, answer };
    discard(answer);
    hop = redirected(hop, answer.status, parseTarget(URL.parse(location, hop.url)?.href ?? '', allowedHosts));
  }
  throw refused(first, `more than ${MAX_REDIRECTS} times`);
}

function redirected(hop: Hop, status: number, url: URL): Hop {
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refused(hop, 'to an address that is not encrypted');
  }
  const next = { ...hop, ...methodAfter(hop, status), url };
  if (url.origin === hop.url.origin) return next;
  if (next.body !== null) throw refused(hop, 'with its content to another host');
  return { ...next, headers: keepOnly(hop.headers, harmlessHeaders) };
}

function methodAfter(hop: Hop, status: number): Pick<Hop, 'method' | 'body'> {
  const keepsMethod = status === 307 || status === 308;
  return keepsMethod ? hop : { method: 'GET', body: null };
}

function keepOnly(headers: Hop['headers'], names: ReadonlySet<string>): Hop['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name)));
}

function refused(hop: Hop, where: string): EntrepotError {
  return new EntrepotError(
    'REQUEST_REFUSED',
    `${hop.url.hostname} redirects the request ${where}. Enter the address that it leads to.`,
  );
}
