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
    ['number', 'EUR 1,234.50', '1234.50'],
    ['number', '-US$5', '-5'],
    ['number', '12 kr.', '12'],
    ['number', '($5)', '-5'],
    ['number', '$(5)', '-5'],
    ['number', '1e5', '1e5'],
    [{ name: 'number', locale: 'de-DE' }, '€ 1.234,50', '1234.50'],
    [{ name: 'number', locale: 'de-DE' }, '1.234.567,5 EUR', '1234567.5'],
    [{ name: 'number', locale: 'fr-FR' }, '1\u202f234,50 €', '1234.50'],
    [{ name: 'number', locale: 'de-CH' }, 'CHF 1’234.50', '1234.50'],
    [{ name: 'number', locale: 'de-CH' }, "Fr. 1'234.50", '1234.50'],
    [{ name: 'number', locale: 'en-IN' }, '₹12,34,567.50', '1234567.50'],
    [{ name: 'number', locale: 'ar-EG' }, '١٬٢٣٤٫٥٠', '1234.50'],
    [{ name: 'number', locale: 'ar-EG' }, '\u061c-١٢٫٥', '-12.5'],
    [{ name: 'number', locale: 'pl-PL' }, '1 234,50 zł', '1234.50'],
    ['currency', '€ 1.234,50', 'EUR'],
    ['currency', '1,234.50 usd', 'USD'],
    ['currency', '-C$5', 'CAD'],
    ['currency', '$5', 'USD'],
    ['currency', '12', null],
    ['currency', '', ''],
    ['currency', null, null],
    ['currency', 12.5, null],
    [{ name: 'currency', ambiguous: 'CAD' }, '$5', 'CAD'],
    [{ name: 'currency', ambiguous: 'CAD' }, '€5', 'EUR'],
    [{ name: 'currency', ambiguous: 'SEK' }, '5 kr', 'SEK'],
    [{ name: 'currency', otherwise: 'EUR' }, '5', 'EUR'],
    [{ name: 'translate', table: { A: 'active', I: '' } }, 'A', 'active'],
    [{ name: 'translate', table: { A: 'active', I: '' } }, 'I', ''],
    [{ name: 'translate', table: { '1': 'one' } }, 1, 'one'],
    [{ name: 'translate', table: { true: 'on' } }, true, 'on'],
    [{ name: 'translate', table: { A: 'active' } }, null, null],
    [{ name: 'translate', table: { A: 'active' }, otherwise: 'keep' }, 7, 7],
    [{ name: 'translate', table: { A: 'active' }, otherwise: 'empty' }, 'toString', null],
    [{ name: 'timestamp', zone: 'Europe/Berlin' }, '2026-07-01 12:00:00.5', '2026-07-01T10:00:00.5Z'],
    [{ name: 'timestamp', zone: 'Europe/Berlin' }, '2026-01-31', '2026-01-30T23:00:00Z'],
    [{ name: 'timestamp', zone: 'Europe/Berlin' }, '2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
    [
      { name: 'timestamp', zone: 'Europe/Berlin', format: 'D.M.YYYY H:mm' },
      '1.7.2026 12:00',
      '2026-07-01T10:00:00Z',
    ],
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
    ['number', '5 pcs', /written like/],
    ['number', '10 cup', /written like/],
    ['number', `1${' '.repeat(200_000)}x`, /written like/],
    ['number', 'USD', /written like|not a number/],
    [{ name: 'number', locale: 'de-DE' }, '1,234.50', /written like 1\.234,50/],
    ['currency', '5 kr', /stands for SEK, NOK, DKK, ISK: say which is meant/],
    ['currency', '₡5', /no sign of a currency that is known/],
    [{ name: 'translate', table: { A: 'active' } }, 'B', /none of the values in the table/],
    [{ name: 'translate', table: { A: 'active' } }, '', /none of the values/],
    [{ name: 'timestamp', zone: 'America/New_York' }, '9999-12-31T23:00', /outside of the years/],
    [{ name: 'timestamp', zone: 'Asia/Kolkata' }, '0001-01-01T00:00', /outside of the years/],
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
    [{ name: 'number', locale: 'xx-YY' }, /locale that there is/],
    [{ name: 'number', locale: 'de-DE', decimal: ',' }, /leave decimal and thousands out/],
    [{ name: 'currency', otherwise: 'EURO' }, /code of a currency/],
    [{ name: 'translate', table: {} }, /must have a line/],
    [{ name: 'timestamp', zone: 'Berlin' }, /must be a time zone/],
    [{ name: 'timestamp', zone: '+02:00' }, /must be a time zone/],
    [{ name: 'trim', left: true }, /left/],
    [5, /there is no transform "5"/],
  ])('%j is refused when it is saved, with the reason', (transform, reason) => {
    expect(transformSchema.safeParse(transform).error?.issues[0]?.message).toMatch(reason);
  });
});
