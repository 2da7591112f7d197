import { describe, expect, it } from 'vitest';
import {
  choicesOf,
  chosenOption,
  emptyOf,
  fieldsOf,
  meantText,
  missingIn,
  type Schema,
  shownText,
} from '#app/_ui/schema-form/schema.ts';
import { listConnectors } from '#lib/sources/connectors.ts';

const credentials = listConnectors()[0]?.credentials as Schema;
const options = credentials.anyOf ?? [];

describe('a form made from a schema', () => {
  it('begins each choice of credentials with what it needs, all of it missing', () => {
    const missing = options.map((option) =>
      Object.keys(missingIn(credentials, emptyOf(option), 'credentials')),
    );
    expect(missing).toEqual([
      ['credentials.bearer'],
      ['credentials.apiKey.header', 'credentials.apiKey.value'],
      ['credentials.basic.user', 'credentials.basic.password'],
      ['credentials.headers'],
    ]);
    expect(options.map((option) => chosenOption(options, emptyOf(option)))).toEqual([0, 1, 2, 3]);
  });

  it('misses nothing where everything is filled in, or nothing was chosen', () => {
    expect(missingIn(credentials, { headers: { 'x-key': 'a' } }, 'credentials')).toEqual({});
    expect(missingIn(credentials, null, 'credentials')).toEqual({});
  });

  it('begins each kind of pages with what tells it from the others, and knows it again by that', () => {
    const json = listConnectors().find(({ id }) => id === 'json')?.config as Schema;
    const kinds = choicesOf(json.properties?.pagination ?? {}) ?? [];
    const begun = kinds.map(emptyOf);
    expect(begun.map((value) => chosenOption(kinds, value))).toEqual(kinds.map((_, index) => index));
    expect(begun[0]).toEqual({ by: 'link' });
    expect(Object.keys(missingIn({ anyOf: kinds }, begun[2], 'pages'))).toEqual([
      'pages.path',
      'pages.parameter',
    ]);
    const shown = kinds.map((kind) => [...fieldsOf(kind).main, ...fieldsOf(kind).more].map(([name]) => name));
    expect(shown.flat()).not.toContain('by');
    expect(shown[4]).toEqual(['parameter', 'first', 'morePath']);
  });

  it('shows a tab by its name and means the tab', () => {
    expect(shownText('\t')).toBe('Tab');
    expect(meantText('Tab')).toBe('\t');
    expect(meantText(';')).toBe(';');
  });
});
