import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/datasets/refusal.ts';
import { transformCatalogue } from '#lib/datasets/transform-catalogue.ts';
import { compileTransforms, transformSchema } from '#lib/datasets/transforms.ts';

const apply = (transform: unknown, value: unknown) =>
  compileTransforms([transformSchema.parse(transform)])(value);

describe('a transform', () => {
  it.each([
    ['trim', ' \u00a0a b\n', 'a b'],
    ['trim', null, null],
    ['trim', true, true],
    ['upper', 'straße', 'STRASSE'],
    ['lower', 'ÀB', 'àb'],
    ['emptyToNull', '', null],
    ['emptyToNull', ' ', ' '],
    [{ name: 'replace', find: '.', with: '$&' }, 'a.b.c', 'a$&b$&c'],
    [{ name: 'nullIf', values: ['N/A', '-'] }, '-', null],
    [{ name: 'nullIf', values: ['0'] }, 0, null],
    [{ name: 'default', value: 'x' }, '', 'x'],
    [{ name: 'default', value: 0 }, null, 0],
    [{ name: 'default', value: 'x' }, undefined, 'x'],
    [{ name: 'default', value: 'x' }, 0, 0],
    ['number', '1,234.50', '1234.50'],
    ['number', ' $ 1,234 ', '1234'],
    ['number', '-€5', '-5'],
    ['number', '(1,234.50)', '-1234.50'],
    ['number', '12.5-', '-12.5'],
    ['number', '\u22123', '-3'],
    ['number', '1,23,456', '123456'],
    ['number', '', ''],
    ['number', 12.5, '12.5'],
    [{ name: 'number', decimal: ',', thousands: '.' }, '1.234,50 €', '1234.50'],
    [{ name: 'number', decimal: ',' }, '1.234,50', '1234.50'],
    [{ name: 'number', decimal: ',', thousands: ' ' }, '1\u202f234,5', '1234.5'],
    ['date', '2026-01-31T13:00:00+01:00', '2026-01-31'],
    ['date', '2026/01/31', '2026-01-31'],
    ['date', 'Jun 12 1998', '1998-06-12'],
    ['date', '3 January 2026', '2026-01-03'],
    ['date', '', ''],
    [{ name: 'date', format: 'MM/DD/YYYY' }, '01/31/2026', '2026-01-31'],
    [{ name: 'date', format: 'D.M.YY' }, '3.1.69', '1969-01-03'],
    [{ name: 'date', format: 'D.M.YY' }, '3.1.68', '2068-01-03'],
    [{ name: 'date', format: 'MM/DD/YYYY HH:mm' }, '01/31/2026 23:59', '2026-01-31'],
    [
      { name: 'timestamp', format: 'MM/DD/YYYY h:mm A' },
      '1/31/2026 12:05 am'.replace('1/', '01/'),
      '2026-01-31T00:05:00Z',
    ],
    [
      { name: 'timestamp', format: 'A hh[h] mm, D MMM YYYY Z' },
      'PM 01h 30, 2 feb 2026 +01:00',
      '2026-02-02T12:30:00Z',
    ],
    ['timestamp', '2026-01-31', '2026-01-31T00:00:00Z'],
  ])('%j makes %j into %j', (transform, value, expected) => {
    expect(apply(transform, value)).toBe(expected);
  });

  it.each([
    ['number', '1,23', /written like 1,234\.50/],
    ['number', 'abc', /not a number/],
    [{ name: 'number', decimal: ',' }, '1,234.50', /written like 1\.234,50/],
    ['date', '01/02/2026', /needs its format/],
    ['date', '2026-02-30', /no day of the calendar/],
    [{ name: 'date', format: 'MM/DD/YYYY' }, '31/01/2026', /no day of the calendar/],
    [{ name: 'date', format: 'MM/DD/YYYY' }, '2026-01-31', /another form than MM\/DD\/YYYY/],
  ])('%j refuses %j with the reason', (transform, value, reason) => {
    const result = apply(transform, value);
    expect(result).toBeInstanceOf(Refusal);
    expect((result as Refusal).reason).toMatch(reason);
  });

  it('comes after the one before it, and the first that refuses ends the row', () => {
    const chain = ['trim', { name: 'nullIf', values: ['n/a'] }, 'number'].map((one) =>
      transformSchema.parse(one),
    );
    expect(compileTransforms(chain)(' 1,000 ')).toBe('1000');
    expect(compileTransforms(chain)(' n/a ')).toBe(null);
    expect(compileTransforms([...chain, 'upper'])('x')).toBeInstanceOf(Refusal);
  });

  it('is in the catalogue, with every option that it takes', () => {
    const [, schemas] = transformSchema.options;
    const taken = schemas.options.map(({ shape }) => Object.keys(shape).map((key) => key));
    const listed = transformCatalogue.map(({ options }) => ['name', ...options.map(({ name }) => name)]);
    const names = schemas.options.map(({ shape }) => shape.name.value);
    expect(transformCatalogue.map(({ name }) => name)).toEqual(names);
    expect(listed).toEqual(taken);
  });

  it('may be written as its name alone exactly where it needs no options', () => {
    for (const { name } of transformCatalogue) {
      expect([name, transformSchema.safeParse(name).success]).toEqual([
        name,
        transformSchema.safeParse({ name }).success,
      ]);
    }
  });

  it.each([
    ['shout', /there is no transform "shout"; there are: trim, upper/],
    [{ name: 'shout' }, /there is no transform "shout"/],
    ['default', /transform "default": value/],
    [{ name: 'date', format: 'MM/DD' }, /must name a year, a month and a day/],
    [{ name: 'number', decimal: ',', thousands: ',' }, /thousands must differ/],
    [{ name: 'trim', left: true }, /left/],
    [5, /there is no transform "5"/],
  ])('%j is refused when it is saved, with the reason', (transform, reason) => {
    expect(transformSchema.safeParse(transform).error?.issues[0]?.message).toMatch(reason);
  });
});
