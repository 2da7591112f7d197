import { callForms } from './sql-calls.ts';
import { MAX_EXPRESSION_LENGTH } from './syntax.ts';

interface ExpressionRule {
  readonly about: string;
  readonly rule: string;
  /** Expressions that need no column, and what each gives. */
  readonly examples: readonly { readonly text: string; readonly gives: string }[];
}

const rules: readonly ExpressionRule[] = [
  {
    about: 'Columns',
    rule: 'A column by its name; row["Unit Price"] where the name is no word; vendor.name where a relation leads to it.',
    examples: [],
  },
  {
    about: 'Rows',
    rule: 'The rows are kept for which the expression is true. Where it is null, nothing is known, and the row is left out.',
    examples: [
      { text: 'null && true', gives: 'null' },
      { text: 'null && false', gives: 'false' },
      { text: 'null || true', gives: 'true' },
      { text: '!null', gives: 'null' },
    ],
  },
  {
    about: 'Nothing',
    rule: 'What is computed of null is null, and so is <, <=, > or >= with it. ==, != and in tell null from all else, and has(x) is x != null. An empty text is not null. A condition of ? : that is null counts as false.',
    examples: [
      { text: 'null + 1', gives: 'null' },
      { text: 'null > 1', gives: 'null' },
      { text: 'null == 1', gives: 'false' },
      { text: 'null != 1', gives: 'true' },
      { text: 'null in [1, null]', gives: 'true' },
      { text: '"" == null', gives: 'false' },
      { text: 'null ? 1 : 2', gives: '2' },
      { text: 'coalesce(null, "", "x")', gives: '"x"' },
    ],
  },
  {
    about: 'Numbers',
    rule: 'All are exact decimals: + - * lose nothing, a quotient is rounded to 34 digits, % has the sign of its first number, round() rounds halves away from zero. What cannot be computed is null: a division by zero, a text that spells no number.',
    examples: [
      { text: '0.1 + 0.2', gives: '0.3' },
      { text: '5 / 2', gives: '2.5' },
      { text: '1 / 3', gives: '0.3333333333333333333333333333333333' },
      { text: '-7 % 3', gives: '-1' },
      { text: 'round(-2.5)', gives: '-3' },
      { text: '1 / 0', gives: 'null' },
      { text: '1 % 0', gives: 'null' },
      { text: 'decimal("12a")', gives: 'null' },
      { text: '1.50 == 1.5', gives: 'true' },
    ],
  },
  {
    about: 'Texts',
    rule: 'Compared by their characters’ code points, capitals first; size() and places count characters. matches() finds a regular expression of RE2 without look-around and back-references, (?i) in front where the case of letters does not count. replace() gives null past 100,000 characters.',
    examples: [
      { text: '"Z" < "a"', gives: 'true' },
      { text: 'size("é🚀")', gives: '2' },
      { text: '"SKU-12".matches("^[A-Z]+-[0-9]+$")', gives: 'true' },
      { text: '"abc".substring(1, 2)', gives: '"b"' },
    ],
  },
  {
    about: 'Dates and times',
    rule: 'In quotes inside of date("…") and timestamp("…"), with a zone where they have no offset, else in UTC; now() is the moment at which the export reads. Of CEL’s parts, months, days of the year and of the week begin at 0, getDate() at 1.',
    examples: [
      { text: 'timestamp("2026-01-31T08:00", "Europe/Berlin")', gives: 'timestamp("2026-01-31T07:00:00Z")' },
      { text: 'date(timestamp("2026-01-31T23:30:00Z"), "Europe/Berlin")', gives: 'date("2026-02-01")' },
      { text: 'date("2026-01-31").getMonth()', gives: '0' },
      { text: 'date("2026-01-31").getDate()', gives: '31' },
      { text: 'timestamp("2026-01-31") + duration("36h")', gives: 'timestamp("2026-02-01T12:00:00Z")' },
    ],
  },
  {
    about: 'Types',
    rule: `Values of two types are neither compared nor computed with: decimal(), string(), bool(), date() and timestamp() make one of another. There are ${callForms.join(', ')}. Lists stand only behind in, and a JSON column can only be compared with null.`,
    examples: [],
  },
];

/** What a field for such an expression has to know: plain data, safe to send to a browser. */
export interface ExpressionGuide {
  /** In characters. */
  readonly longest: number;
  readonly rules: readonly ExpressionRule[];
}

/** How the subset of CEL behaves that is compiled to SQL, for those who write it: a table that a page can show. */
export const sqlExpressionGuide: ExpressionGuide = { longest: MAX_EXPRESSION_LENGTH, rules };
