import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { compileExpression } from '#lib/datasets/expression/compile.ts';
import { ExpressionProblem } from '#lib/datasets/expression/syntax.ts';
import { Refusal } from '#lib/datasets/refusal.ts';

const row = parseExactJson(`{
  "price": 1.10, "quantity": "3", "other": "12", "first": "Ann", "last": null, "empty": "", "active": true,
  "Unit Price": "2.50", "big": 12345678901234567890, "tiny": 1e-30, "if": 1, "row": { "x": "inner" },
  "lines": [{ "sku": "a", "p": 1.1, "q": 2 }, { "sku": "b", "p": "0.30", "q": 3 }],
  "address": { "city": "Anchorage" }, "none": []
}`) as Readonly<Record<string, unknown>>;

const compute = (text: string, values: Readonly<Record<string, unknown>> = row) =>
  compileExpression(text).compute({ values });
const written = (text: string, values?: Readonly<Record<string, unknown>>) => {
  const value = compute(text, values);
  return value instanceof Refusal ? value.reason : JSON.stringify(value);
};

describe('an expression', () => {
  it.each([
    ['price * quantity', '3.30'],
    ['row["Unit Price"] * 2', '5.00'],
    ['row.row.x', '"inner"'],
    ['row["if"] + 1', '2'],
    ['big + 1', '12345678901234567891'],
    ['9007199254740993 + 0', '9007199254740993'],
    ['tiny * 1', '0.000000000000000000000000000001'],
    ['0.1 + 0.2', '0.3'],
    ['price + 0.1 - 0.1', '1.10'],
    ['5 / 2', '2.5'],
    ['1 / 3', '0.3333333333333333333333333333333333'],
    ['-2 / 3', '-0.6666666666666666666666666666666667'],
    ['-7 % 3', '-1'],
    ['0x10', '16'],
    ['1e2', '100'],
    ['first + " " + "Smith"', '"Ann Smith"'],
    ['string(quantity) + other', '"312"'],
    ['decimal(quantity) + other', '15'],
    ['quantity + 1', '4'],
    ['quantity > 2 && quantity == 3 && quantity != 4', 'true'],
    ['first < "B"', 'true'],
    ['active ? "yes" : "no"', '"yes"'],
    ['address.city.lower()', '"anchorage"'],
    ['address["city"] == row["address"].city', 'true'],
    ['lines[1].sku', '"b"'],
    ['lines[size(lines) - 1].sku', '"b"'],
    ['sum(lines.map(l, l.p * l.q))', '3.10'],
    ['lines.map(l, l.q > 2, l.sku).join(", ")', '"b"'],
    ['lines.filter(l, l.sku == "a")', '[{"sku":"a","p":1.1,"q":2}]'],
    ['lines.exists(l, l.q == 2) && !lines.all(l, l.q == 2) && lines.exists_one(l, l.q == 3)', 'true'],
    ['lines.map(l, lines.map(m, l.q * m.q))', '[[4,6],[6,9]]'],
    ['[1, price, first]', '[1,1.10,"Ann"]'],
    ['"a" in ["a", "b"] && "city" in address', 'true'],
    ['"1,234.50".replace(",", "")', '"1234.50"'],
    ['"a;b".split(";")', '["a","b"]'],
    ['"abcd".substring(1, 3) + "abcd".substring(2)', '"bccd"'],
    ['" x ".trim() + size("🚀") + "!"', null],
    ['string(size("🚀")) + "ab".upper()', '"1AB"'],
    ['"abc".indexOf("c")', '2'],
    ['string("🚀🚀c".indexOf("c")) + "🚀bc".substring(1, 2)', '"2b"'],
    ['"\uffee" < "🚀" && "a" < "ab" && !("b" < "ab") && "Z" < "a"', 'true'],
    ['12345678901234567890123456789012345678 / 2', '6172839450617283945061728394506173000'],
    ['2e-30 / 3', '0.0000000000000000000000000000006666666666666666666666666666666667'],
    ['9.9999999999999999999999999999999995 / 1', '10'],
    ['round(2.345, 2)', '2.35'],
    ['round(-2.5)', '-3'],
    ['int("7.9") + int(-7.9)', '0'],
    ['abs(-1.5) + min(3, price, 2) + max(1, 2)', '4.60'],
    ['bool("Yes")', 'true'],
    ['string(lines[0]) + string(true) + string(1.50)', '"{\\"sku\\":\\"a\\",\\"p\\":1.1,\\"q\\":2}true1.50"'],
  ])('%s is %s', (text, value) => {
    if (value === null) expect(() => compute(text)).toThrow(ExpressionProblem);
    else expect(written(text)).toBe(value);
  });

  it.each([
    'last + "x"',
    'price * last',
    'empty * 2',
    'absent - 1',
    'last.city.name',
    'address.zip',
    'lines[9].sku',
    'last > 1',
    'last && true',
    '!last',
    'absent.map(a, a)',
    'size(last)',
  ])('%s is nothing, as it is made of nothing', (text) => {
    expect(compute(text)).toBeNull();
  });

  it.each([
    ['last == null && absent == null && first != null', 'true'],
    ['last ? 1 : 2', '2'],
    ['last && false', 'false'],
    ['last || true', 'true'],
    ['coalesce(last, empty, first)', '"Ann"'],
    ['has(address.city) && !has(address.zip)', 'true'],
    ['lines.exists(l, l.absent == 1)', 'false'],
  ])('%s is %s although something is missing', (text, value) => {
    expect(written(text)).toBe(value);
  });

  it.each([
    ['first * 2', /^cannot be computed: it has "Ann" where a number is needed$/],
    ['quantity + other', /"3" \+ "12", which may mean numbers or texts: say decimal\(…\) or string\(…\)/],
    ['quantity < other', /may mean numbers or texts/],
    ['price / 0', /divides by zero/],
    ['first.replace("", "x")', /replaces an empty text/],
    ['first + price', /has "Ann" where a number is needed/],
    ['"no. " + price', /adds a text and a number/],
    ['first.city', /looks into a value that has no "city" in it/],
    ['lines.sku', /is a list: say of which item/],
    ['lines[0.5]', /0\.5 as the place of an item/],
    ['price.lower()', /asks for lower\(\) of "1\.10", which is not a text/],
    ['first ? 1 : 2', /has "Ann" where true or false is needed/],
    ['lines.filter(l, l.sku)', /has "a" where true or false is needed/],
    ['bool(first)', /has "Ann", which is neither true nor false/],
    ['first.map(c, c)', /asks for map\(\) of a text/],
    ['lines == lines', /compares lists or objects/],
    ['big * big * big * big * big * big * big * big * big * big * big', /more than 200 digits/],
  ])('%s refuses the row and says why', (text, reason) => {
    expect(written(text)).toMatch(reason);
  });

  it.each([
    ['', 1, /no expression yet/],
    ['price *', 8, /missing at the end/],
    ['price quantity', 7, /“quantity” cannot stand here/],
    ['(price', 7, /“\)” is missing before the end/],
    ['if + 1', 1, /word of the language: write row\["if"\]/],
    ['größe', 3, /row\["its name"\]/],
    ['"abc', 1, /unterminated/],
    ['first.matches("a+")', 7, /matches\(\) is not offered: it can take for ever/],
    ['double(price)', 1, /double\(\) is not offered: it would lose digits/],
    ['1 + timestamp("x")', 5, /timestamp\(\) is not offered/],
    ['price + shout(first)', 9, /there is no shout\(\); there are string\(\)/],
    ['first.shout()', 7, /there is no \.shout\(\)/],
    ['lower(first)', 1, /write value\.lower\(\)/],
    ['first.round()', 7, /write round\(value\)/],
    ['round()', 1, /takes 2/],
    ['round(1, 2, 3)', 1, /takes 2/],
    ['first.contains()', 7, /takes 1/],
    ['"x" * 2', 1, /a number is needed here, and this is a text: decimal\(…\)/],
    ['1 + "x"', 1, /a number and a text cannot be added/],
    ['"x" == 5', 1, /cannot be compared/],
    ['1 ? 2 : 3', 1, /true or false is needed here, and this is a number/],
    ['"x".foo', 1, /an object is needed here/],
    ['lines.map(1, 2)', 11, /a name for the item/],
    ['row', 1, /say which column/],
    ['row[first]', 1, /say the column in quotes/],
    ['a + 1e300', 5, /too many digits/],
    ['5u', 1, /leave the letter out/],
    ['{"a": 1}', 1, /objects are not made here/],
  ])('%j is refused when it is saved, at character %i', (text, at, reason) => {
    try {
      compileExpression(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionProblem);
      expect((error as ExpressionProblem).message).toMatch(reason);
      expect((error as ExpressionProblem).at).toBe(at);
    }
  });

  it.each([
    ['a + '.repeat(400), /has too many parts/],
    ['x'.repeat(2_001), /longer than 2000 characters/],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, /has too many parts/],
  ])('is bounded in what it may be', (text, reason) => {
    expect(() => compileExpression(`${text}a`.slice(0, 2_001))).toThrow(reason);
  });

  it('refuses numbers that are too long only where it computes with them', () => {
    const values = { long: '9'.repeat(300), raw: JSON.rawJSON('9'.repeat(300)) };
    expect(written('long == 5', values)).toBe('false');
    expect(written('long + "!"', values)).toMatch(/^"9+!"$/);
    expect(written('long + 1', values)).toMatch(/where a number is needed/);
    expect(written('long + long', values)).toMatch(/may mean numbers or texts/);
    expect(written('raw', values)).toMatch(/more than 200 digits/);
  });

  it('says which columns of the row it reads, and what it gives', () => {
    const expression = compileExpression('row["Unit Price"] * quantity + sum(lines.map(price, price.p))');
    expect(expression.columns).toEqual(['Unit Price', 'quantity', 'lines']);
    expect(expression.kind).toBe('number');
    expect(compileExpression('a ? b : 1').kind).toBe('any');
  });

  it('of an item reads the item, its place and the row around it', () => {
    const expression = compileExpression('parent.order + "-" + string(index) + sku + item["sku"]', 'item');
    expect(expression.columns).toEqual(['order']);
    const values = { sku: 'a' };
    expect(expression.compute({ values, parent: { order: 'PO' }, index: 2 })).toBe('PO-2aa');
    expect(() => compileExpression('size(parent)', 'item')).toThrow(/say which column/);
  });

  it('ends soon, however its lists are nested', () => {
    const values = { l: Array.from({ length: 300 }, () => 1) };
    expect(written('l.map(a, l.map(b, l.map(c, l.map(d, 1))))', values)).toMatch(/takes too long/);
    expect(written('l.map(a, t + t + t)', { ...values, t: 'x'.repeat(50_000) })).toMatch(/more than 100000/);
    expect(written('t.replace("x", t)', { t: 'x'.repeat(5_000) })).toMatch(/more than 100000/);
    const long = { ...values, t: 'x'.repeat(90_000) };
    expect(written('l.map(a, size(t))', long)).toMatch(/takes too long/);
    expect(written('l.map(a, string(m))', { ...values, m: { t: long.t } })).toMatch(/takes too long/);
    expect(written('l.map(a, a + 1)', values)).toMatch(/^\[2,2/);
  });

  it('computes sums, differences and products of decimals exactly', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 20 }));
    const text = ([digits, scale]: [bigint, number]) => {
      const padded = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
      const point = padded.length - scale;
      return `${digits < 0n ? '-' : ''}${padded.slice(0, point)}${scale ? `.${padded.slice(point)}` : ''}`;
    };
    const scaled = (written: string, scale: number) => {
      const [whole = '', fraction = ''] = written.split('.');
      return BigInt(whole + fraction.padEnd(scale, '0'));
    };
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        const values = { a: text(one), b: JSON.rawJSON(text(other)) };
        const [a, b] = [scaled(text(one), 20), scaled(text(other), 20)];
        const result = (expression: string, scale: number) => scaled(`${written(expression, values)}`, scale);
        expect(result('a + b', 20)).toBe(a + b);
        expect(result('a - b', 20)).toBe(a - b);
        expect(result('a * b', 40)).toBe(a * b);
        expect(compute('a * 1 < b', values)).toBe(a < b);
        expect(compute('a == b', values)).toBe(a === b);
      }),
    );
  });

  it('never throws over a row, whatever the row holds', () => {
    const texts = [
      'a + b',
      'a.x[b]',
      'a < b ? a : b',
      'size(a) * b',
      'a.map(i, i + b)',
      'string(a) == b',
      'b in a',
    ];
    const expressions = texts.map((text) => compileExpression(text));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        for (const { compute } of expressions) compute({ values: { a, b } });
      }),
      { numRuns: 500 },
    );
  });
});
