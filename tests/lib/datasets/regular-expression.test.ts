import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/datasets/refusal.ts';
import { postgresPattern } from '#lib/datasets/regular-expression.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await freshGround();
});
afterAll(() => ground.close());

const texts = [
  '',
  'A-17',
  'a-17x',
  'two words',
  'line\nbreak',
  'dot.com',
  '[x]',
  'ünïcode 🚀',
  'tab\there',
  'a\\b',
  '***',
  'x^2 ~ #1',
  '٣',
];

describe('a regular expression', () => {
  it.each([
    '^A-\\d+$',
    '(?i)^a-[0-9]{2}x?$',
    '^$',
    'two|line',
    '(?:two|line)\\s(?:words|break)',
    'line.break',
    'line\\nbreak',
    '^break',
    '\\.com$',
    '[.]com',
    '\\[x\\]',
    '[\\[\\]x]{3}',
    '[]x]{2}',
    '[^a-z]',
    '^[^\\s\\d]+$',
    '\\bwords\\b',
    'wor\\Bds',
    '🚀$',
    '^.{8} .$',
    '\\t',
    '[\\t\\n]',
    'a\\\\b',
    '\\*{3}',
    '\\^2 ~ #',
    '(a|)-1',
    '()17',
    'a+?-1*?',
    '\\d',
    '\\W',
    '\\S+\\s\\S+',
    '[+\\-]17|[-x]2',
    '[a-cx-z]$',
    '(((w)o)r){1,2}',
    '',
    ':alpha:',
    '[[:alph]x',
  ])('%j finds what it finds in JavaScript', async (pattern) => {
    const anyCase = pattern.startsWith('(?i)');
    const reference = new RegExp(
      // JavaScript takes neither an unescaped bracket first in a set nor RE2's blanks.
      (anyCase ? pattern.slice(4) : pattern).replace('[]', '[\\]').replace('[[:', '[\\[:'),
      anyCase ? 'i' : '',
    );
    const read = postgresPattern(pattern);
    const { rows } = await ground.admin.query('select t, t ~ $2 as found from unnest($1::text[]) as u(t)', [
      texts,
      read,
    ]);
    const unicode = new RegExp(reference.source, `${reference.flags}u`);
    expect(rows.filter(({ found }) => found).map(({ t }) => t)).toEqual(texts.filter((t) => unicode.test(t)));
  });

  it.each([
    ['(', /“\(” without its “\)” at character 2/],
    ['a)', /“\)” without its “\(” at character 2/],
    ['[a', /“\[” without its “\]”/],
    ['*a', /nothing before it to repeat at character 1/],
    ['a**', /repeats a repeat/],
    ['^*', /repeats what has no characters/],
    ['\\b+', /repeats what has no characters/],
    ['a{2', /write \\\{/],
    ['a{3,2}', /counts down/],
    ['a{256}', /repeats too often/],
    ['(a{1,200}){1,200}', /repeats too often/],
    ['((((a{10}){10}){10}){10})', /repeats too often/],
    ['(a)\\1', /“\\1”, which is not taken/],
    ['(?=a)', /only “\(\?:” is taken/],
    ['(?<n>a)', /only “\(\?:” is taken/],
    ['\\p{L}', /“\\p”, which is not taken/],
    ['[z-a]', /range in \[…\] that is none/],
    ['[\\d-z]', /range/],
    ['a\\', /ends with a “\\”/],
    ['a\0', /no text can have/],
    ['\ud800', /no text can have/],
    ['a'.repeat(501), /longer than 500/],
    ['('.repeat(21) + ')'.repeat(21), /too many groups/],
  ])('%j is refused, and said why', (pattern, reason) => {
    const read = postgresPattern(pattern);
    expect(read instanceof Refusal ? read.reason : read).toMatch(reason);
  });

  it.each(['***=a', '***:a', '(?i)(?i)a', '(?i'])('%j cannot turn to another dialect', (pattern) => {
    expect(postgresPattern(pattern)).toBeInstanceOf(Refusal);
  });

  it('that is as large as may be is still quick to find nothing', async () => {
    const patterns = ['^(?:[ab]{1,250}){4}$', '(a*)*c', `${'(a|b|ab)*'.repeat(54)}c`, '(.*a.*b.*){60}x'];
    for (const pattern of patterns) {
      await ground.admin.query(`set statement_timeout = '5s'`);
      const { rows } = await ground.admin.query('select $1 ~ $2 as found', [
        `${'ab'.repeat(500)}!`,
        postgresPattern(pattern),
      ]);
      expect({ pattern, rows }).toEqual({ pattern, rows: [{ found: false }] });
    }
  });
});
