/** What a transform can be told, as a form asks for it. */
export interface TransformOption {
  readonly name: string;
  readonly label: string;
  /** `table`: texts by texts; `zone`: the name of a time zone. */
  readonly kind: 'text' | 'texts' | 'choice' | 'table' | 'zone';
  /** What becomes of an option that is left empty. */
  readonly empty: 'refused' | 'kept' | 'left out';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  readonly help?: string;
}

/** A transform in the words of a form. */
export interface TransformEntry {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly options: readonly TransformOption[];
}

const dateHelp =
  'YYYY year (YY: 69 to 99 are 1969 to 1999, the others 20…), MM month (M: one digit too), MMM its short name, DD day, HH hour, hh with A hour and AM/PM, mm minute, ss second.';

const locales = [
  { value: 'en-US', label: 'English: 1,234.50' },
  { value: 'de-DE', label: 'German: 1.234,50' },
  { value: 'fr-FR', label: 'French: 1 234,50' },
  { value: 'es-ES', label: 'Spanish: 1.234,50' },
  { value: 'it-IT', label: 'Italian: 1.234,50' },
  { value: 'nl-NL', label: 'Dutch: 1.234,50' },
  { value: 'pt-BR', label: 'Portuguese (Brazil): 1.234,50' },
  { value: 'pl-PL', label: 'Polish: 1 234,50' },
  { value: 'sv-SE', label: 'Swedish: 1 234,50' },
  { value: 'de-CH', label: 'Swiss: 1’234.50' },
  { value: 'en-IN', label: 'Indian: 12,34,567.50' },
  { value: 'ar-EG', label: 'Arabic: ١٬٢٣٤٫٥٠' },
];

/** Every transform as data, safe for the browser, in the order of `transformSchema`. */
export const transformCatalogue: readonly TransformEntry[] = [
  { name: 'trim', label: 'Trim blanks', help: 'Takes the blanks away at both ends.', options: [] },
  { name: 'upper', label: 'UPPER CASE', help: 'Makes all letters upper case.', options: [] },
  { name: 'lower', label: 'lower case', help: 'Makes all letters lower case.', options: [] },
  {
    name: 'replace',
    label: 'Replace text',
    help: 'Replaces a piece of text everywhere.',
    options: [
      { name: 'find', label: 'Find', kind: 'text', empty: 'refused' },
      {
        name: 'with',
        label: 'Replace with',
        kind: 'text',
        empty: 'kept',
        placeholder: 'nothing: it is removed',
      },
    ],
  },
  {
    name: 'emptyToNull',
    label: 'Empty text becomes no value',
    help: 'Makes an empty text no value at all.',
    options: [],
  },
  {
    name: 'nullIf',
    label: 'Certain texts become no value',
    help: 'Makes certain texts no value at all, such as "N/A".',
    options: [
      {
        name: 'values',
        label: 'Texts',
        kind: 'texts',
        empty: 'refused',
        placeholder: 'N/A',
        help: 'Press Enter after each.',
      },
    ],
  },
  {
    name: 'default',
    label: 'Fill in where empty',
    help: 'Gives a value where there is none or an empty text.',
    options: [{ name: 'value', label: 'Value', kind: 'text', empty: 'refused' }],
  },
  {
    name: 'translate',
    label: 'Translate by a table',
    help: 'Gives each text another, such as “active” for “A”.',
    options: [
      {
        name: 'table',
        label: 'Texts',
        kind: 'table',
        empty: 'refused',
        help: 'The source’s text, and what becomes of it.',
      },
      {
        name: 'otherwise',
        label: 'Any other text',
        kind: 'choice',
        empty: 'left out',
        choices: [
          { value: 'reject', label: 'Sets the row aside' },
          { value: 'keep', label: 'Stays as it is' },
          { value: 'empty', label: 'Becomes no value' },
        ],
        help: 'As usual: sets the row aside.',
      },
    ],
  },
  {
    name: 'number',
    label: 'Read as a number',
    help: 'Reads a number with thousands separators, with a currency before or behind it or in parentheses; "1,234.50" where nothing else is said.',
    options: [
      {
        name: 'decimal',
        label: 'Decimal sign',
        kind: 'choice',
        empty: 'left out',
        choices: [
          { value: '.', label: 'Point (0.5)' },
          { value: ',', label: 'Comma (0,5)' },
        ],
      },
      {
        name: 'thousands',
        label: 'Thousands separator',
        kind: 'choice',
        empty: 'left out',
        choices: [
          { value: ',', label: 'Comma (1,000)' },
          { value: '.', label: 'Point (1.000)' },
          { value: ' ', label: 'Space (1 000)' },
          { value: "'", label: "Apostrophe (1'000)" },
        ],
      },
      {
        name: 'locale',
        label: 'Or as in',
        kind: 'choice',
        empty: 'left out',
        choices: locales,
        help: 'Says both signs.',
      },
    ],
  },
  {
    name: 'currency',
    label: 'Read the currency',
    help: 'Gives the code of the currency that stands beside an amount: “€ 1.234,50” is EUR.',
    options: [
      {
        name: 'ambiguous',
        label: '“$”, “¥” or “kr” alone is',
        kind: 'text',
        empty: 'left out',
        placeholder: 'USD',
        help: 'Otherwise “$” is USD, “¥” is JPY, and “kr” is refused.',
      },
      {
        name: 'otherwise',
        label: 'Where there is none',
        kind: 'text',
        empty: 'left out',
        placeholder: 'EUR',
        help: 'Otherwise there is no value.',
      },
    ],
  },
  {
    name: 'date',
    label: 'Read as a date',
    help: 'Reads a date, as in MM/DD/YYYY. Without a format: 2026-01-31, 2026/01/31, Jan 31 2026 and 31 January 2026.',
    options: [
      {
        name: 'format',
        label: 'Format',
        kind: 'text',
        empty: 'left out',
        placeholder: 'MM/DD/YYYY',
        help: dateHelp,
      },
    ],
  },
  {
    name: 'timestamp',
    label: 'Read as a date and time',
    help: 'Reads a date and time, as in MM/DD/YYYY HH:mm. Without an offset (Z) it is that of the time zone, or of UTC where none is said.',
    options: [
      {
        name: 'format',
        label: 'Format',
        kind: 'text',
        empty: 'left out',
        placeholder: 'MM/DD/YYYY HH:mm',
        help: dateHelp,
      },
      {
        name: 'zone',
        label: 'Time zone',
        kind: 'zone',
        empty: 'left out',
        help: 'An hour that the clocks pass twice is the first; one that they leave out is read by the clock before.',
      },
    ],
  },
];
