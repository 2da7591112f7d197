import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { checks } from './checks.ts';

const tests = join(import.meta.dirname, '../..');

/** How many checks each group has. */
const groups = { B: 4, C: 11, D: 11, E: 7, F: 10, G: 10, J: 8 };

it('every check of groups B to G and J is listed', () => {
  const ids = Object.entries(groups).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  expect(Object.keys(catalogue)).toEqual(ids);
});

it.each(Object.entries(catalogue))('%s is shown by a test, or excepted with a reason', (id, check) => {
  if ('except' in check) {
    expect(check.except).not.toBe('');
    console.info(`${id}: "${check.what}" is excepted: ${check.except}`);
    return;
  }
  for (const [file, name] of check.shown) {
    expect(readFileSync(join(tests, file), 'utf8'), `${id} in ${file}`).toContain(name);
  }
});

it('every check of a connector is listed', () => {
  const shown = Object.values(catalogue).flatMap((check) => ('shown' in check ? check.shown : []));
  const listed = shown.map(([, name]) => name);
  const unlisted = Object.values(checks)
    .flat()
    .filter((name) => !listed.some((part) => name.includes(part)));
  expect(unlisted).toEqual(ofOurOwn);
});

/** Beyond what is asked of every connector. */
const ofOurOwn = [
  'a full pass makes no more calls than there are pages, and one',
  'the bookmark never moves backwards',
  'a row that changes while it is read is found by the next pass',
  'credentials refused in mid-run stop it where it can be gone on with',
];
