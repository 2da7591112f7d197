import { describe, expect, it } from 'vitest';
import {
  chosenOption,
  emptyOf,
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

  it('shows a tab by its name and means the tab', () => {
    expect(shownText('\t')).toBe('Tab');
    expect(meantText('Tab')).toBe('\t');
    expect(meantText(';')).toBe(';');
  });
});
