import { Refusal } from './refusal.ts';

/** What people write for a currency, beside its code in capitals (`10 cup` are no Cuban pesos); the first of several is meant where nothing else is said. */
const marks: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'MXN', 'SGD', 'HKD'],
  us$: ['USD'],
  ca$: ['CAD'],
  c$: ['CAD'],
  a$: ['AUD'],
  au$: ['AUD'],
  nz$: ['NZD'],
  mx$: ['MXN'],
  s$: ['SGD'],
  hk$: ['HKD'],
  nt$: ['TWD'],
  r$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  'cn¥': ['CNY'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '฿': ['THB'],
  '₱': ['PHP'],
  '₴': ['UAH'],
  '₸': ['KZT'],
  zł: ['PLN'],
  kč: ['CZK'],
  ft: ['HUF'],
  lei: ['RON'],
  fr: ['CHF'],
  sfr: ['CHF'],
  eur: ['EUR'],
  euro: ['EUR'],
  usd: ['USD'],
  gbp: ['GBP'],
  chf: ['CHF'],
  jpy: ['JPY'],
  cad: ['CAD'],
  aud: ['AUD'],
};

/** Written for several, of which none is meant more often than another. */
const UNDECIDED: Readonly<Record<string, readonly string[]>> = { kr: ['SEK', 'NOK', 'DKK', 'ISK'] };

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether a text is a currency's code (ISO 4217). */
export function isCurrencyCode(text: string): boolean {
  return codes.has(text);
}

/** The currencies that a mark may stand for, the usual one first; none for what is no mark. */
function currenciesOf(mark: string): readonly string[] {
  if (codes.has(mark)) return [mark];
  const plain = mark.toLowerCase().replace(/\.$/, '');
  return marks[plain] ?? UNDECIDED[plain] ?? [];
}

/** The currency that is meant where nothing else is said; undefined where a mark leaves it open. */
function usualCurrency(mark: string): string | undefined {
  return mark.toLowerCase().replace(/\.$/, '') in UNDECIDED ? undefined : currenciesOf(mark)[0];
}

/** Longer texts are no amounts, and looking for a mark in them would take its time. */
const LONGEST_AMOUNT = 300;
const MARK = '(?:\\p{L}{0,4}\\p{Sc}|\\p{L}{2,4}\\.?)';
const before = new RegExp(`^([+-]?)\\s*(${MARK})\\s*(?=[^\\p{L}]|$)`, 'u');
const after = new RegExp(`(?<=^|[^\\p{L}])\\s*(${MARK})\\s*$`, 'u');

/** An amount without the mark of its currency, which stands before or behind it. */
export function splitCurrency(text: string): { readonly amount: string; readonly mark?: string } {
  const plain = text.trim();
  if (plain.length > LONGEST_AMOUNT) return { amount: plain };
  const [found, sign = '', first = ''] = before.exec(plain) ?? [];
  if (found !== undefined && isMark(first))
    return { amount: `${sign}${plain.slice(found.length)}`, mark: first };
  const [end, last = ''] = after.exec(plain) ?? [];
  if (end !== undefined && isMark(last)) return { amount: plain.slice(0, -end.length).trimEnd(), mark: last };
  return { amount: plain };
}

/** Any sign of a currency is one, be it known or not; letters are only where they are known. */
function isMark(text: string): boolean {
  return /\p{Sc}$/u.test(text) || currenciesOf(text).length > 0;
}

interface CurrencyOptions {
  /** What a sign of several currencies means. */
  readonly ambiguous?: string | undefined;
  /** What is meant where there is no sign. */
  readonly otherwise?: string | undefined;
}

/** The code of an amount's currency, by the sign or the code beside it; null where there is none, an empty text kept. */
export function currencyIn(text: string, { ambiguous, otherwise }: CurrencyOptions): string | null | Refusal {
  const { mark } = splitCurrency(text);
  if (mark === undefined) return text.trim() === '' ? text : (otherwise ?? null);
  const possible = currenciesOf(mark);
  if (possible.length === 0)
    return new Refusal(`has “${mark}”, which is no sign of a currency that is known`);
  if (possible.length > 1 && ambiguous !== undefined) return ambiguous;
  const open = `has “${mark}”, which stands for ${possible.join(', ')}: say which is meant`;
  return usualCurrency(mark) ?? new Refusal(open);
}
