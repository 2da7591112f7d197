/** One value of an address's query; undefined where it is missing or comes more than once. */
export function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
