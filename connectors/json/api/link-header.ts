/** `<address>; name=value; name="value"`, of which a header may hold several with commas between. */
const link = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^\s,;"]*))?)*)/g;

/** The address that a `Link` header names with `rel="next"` (RFC 8288); undefined where it names none. */
export function nextLink(header: string): string | undefined {
  for (const [, address, parameters = ''] of header.matchAll(link)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;"]*))/i.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return address;
  }
  return undefined;
}
