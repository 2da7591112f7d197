/** A name in letters and digits that every storage and every file system takes. */
export function slug(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ['export'];
  return words.join('-').slice(0, 60);
}
