import { expect, it } from 'vitest';
import { nextLink } from '#connectors/json/api/link-header.ts';

it.each([
  ['<https://a.example/x?page=2>; rel="next"', 'https://a.example/x?page=2'],
  ['<https://a.example/x?page=2>;rel=next', 'https://a.example/x?page=2'],
  ['</x?page=1>; rel="prev", </x?page=3>; rel="next", </x?page=9>; rel="last"', '/x?page=3'],
  ['</x?ids=1,2;3>; rel="last", </x?a=1,2>; title="a, b; c"; rel="next"', '/x?a=1,2'],
  ['</x>; rel="first NEXT"', '/x'],
  ['</x>; REL = next', '/x'],
  ['', undefined],
  ['</x>; rel="prev"', undefined],
  ['</x>; title="rel=next"', undefined],
  ['</x>', undefined],
  ['rel="next"', undefined],
])('the next page of %j is %j', (header, address) => {
  expect(nextLink(header)).toBe(address);
});

it('is found in linear time, whatever the header', () => {
  expect(nextLink(`<a>${';'.repeat(50_000)}`)).toBeUndefined();
  expect(nextLink('<'.repeat(50_000))).toBeUndefined();
  expect(nextLink(`<a>${'; a="'.repeat(20_000)}`)).toBeUndefined();
});
