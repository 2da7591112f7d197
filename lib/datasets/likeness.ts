import type { Column } from '#lib/core/columns.ts';

/** Letters and digits only, without accents and case; a name without any stays as it is. */
export function plainName(name: string): string {
  const plain = withoutAccents(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return plain === '' ? name : plain;
}

/** Words that people write for one another. */
const sameMeaning: Readonly<Record<string, string>> = {
  qty: 'quantity',
  no: 'number',
  nr: 'number',
  num: 'number',
  desc: 'description',
  amt: 'amount',
  upc: 'barcode',
  ean: 'barcode',
  gtin: 'barcode',
  avail: 'available',
  supplier: 'vendor',
  product: 'item',
};

/** Whether two columns are called alike. */
export const likeness = {
  /** The same words in any order: `On hand qty` and `quantity_on_hand`. */
  sameWords: (from: Column, column: Column): boolean =>
    namesOf(column).some((name) => sorted(name) === sorted(from.name)),
  /** All words of the one among those of the other: `Seller SKU` and `sku`. */
  sharedWords: (from: Column, column: Column): boolean =>
    namesOf(column).some((name) => isWithin(name, from.name) || isWithin(from.name, name)),
};

function namesOf({ name, label }: Column): string[] {
  return label === undefined ? [name] : [name, label];
}

function sorted(name: string): string {
  return wordsOf(name).sort().join(' ');
}

function isWithin(one: string, other: string): boolean {
  const words = wordsOf(one);
  const others = new Set(wordsOf(other));
  return words.length > 0 && words.every((word) => others.has(word));
}

function wordsOf(name: string): string[] {
  const words = withoutAccents(name)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words
    .filter(Boolean)
    .map((word) => (Object.hasOwn(sameMeaning, word) ? sameMeaning[word] : word) ?? word);
}

function withoutAccents(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '');
}
