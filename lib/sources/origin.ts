/** Where a source's credentials are sent: the origin of its address, or '' where it has none. */
export function originOf(config: unknown): string {
  const { url } = config as { readonly url?: unknown };
  return (typeof url === 'string' && URL.parse(url)?.origin) || '';
}
