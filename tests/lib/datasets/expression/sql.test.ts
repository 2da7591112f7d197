import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnSql } from '#lib/datasets/cells.ts';
import { expressionSql } from '#lib/datasets/expression/sql.ts';
import { sqlExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';
import { columnsOf } from '#lib/datasets/lookup.ts';
import { withLiterals } from '#lib/exports/statement.ts';
import { layExpressions } from './sql-ground.ts';

let ground: Awaited<ReturnType<typeof layExpressions>>;
beforeAll(async () => {
  ground = await layExpressions();
});
afterAll(() => ground.close());

describe('an expression as SQL', () => {
  it.each<[string, number[]]>([
    ['total > 50 && status in ["new", "updated"]', [1]],
    ['total >= 50', [1, 2, 6]],
    ['row.total > 50 || row["quantity"] < 0', [1, 3, 6]],
    ['row["Unit \\"Price\\""] * 3 == 3.3', [1]],
    ['active', [1, 4, 6]],
    ['!active', [2, 5]],
    ['active == null', [3]],
    ['active != true', [2, 3, 5]],
    ['status != "new"', [2, 3, 4, 5, 6]],
    ['!(status == "new")', [2, 3, 4, 5, 6]],
    ['status in ["new", null]', [1, 4]],
    ['status in [other]', [1]],
    ['null in [status]', [4]],
    ['status in []', []],
    ['has(total) && !has(quantity)', [4]],
    ['data == null', [3]],
    ['has(data)', [1, 2, 4, 5, 6]],
    ['100 / quantity > 30', [1, 6]],
    ['100 / quantity == null', [2, 4]],
    ['7 % quantity == 1', [1, 6]],
    ['quantity % 4 == -3', [3]],
    ['quantity == 9007199254740993', [5]],
    ['quantity / 2 == 1.5', [1]],
    ['total == 99999999999999999999999999999999999999.5', [6]],
    ['-total > 12', [4]],
    ['total + null == null', [1, 2, 3, 4, 5, 6]],
    ['total > null', []],
    ['total == 0 ? status == "" : active ? true : false', [1, 4, 5, 6]],
    ['status + "!" == "new!"', [1]],
    ['status.startsWith("u") || status.endsWith("w")', [1, 2]],
    ['status.contains("")', [1, 2, 3, 5, 6]],
    ['status.matches("^(new|old)$")', [1, 3]],
    ['status.matches("(?i)^NEW$")', [1]],
    ['other.size() == 2', [5]],
    ['other.substring(1) == "é" || other.substring(0, 2) == "Äp"', [2, 5]],
    ['other.indexOf("é") == 1', [5]],
    ['other.lower() == "äpfel" && other.upper() == "ÄPFEL"', [2]],
    ['decimal(status.trim()) == decimal(other)', [1, 2, 3, 4, 5, 6]],
    ['decimal(status.trim()) + 1 == 13.5', [6]],
    ['int(total) == -12', [4]],
    ['string(total) == "50.01" || string(active) == "true" && string(quantity) == "2"', [1, 6]],
    ['string(at) == "2026-02-01T00:30:00.25Z" || string(day) == "9999-12-31"', [2, 5]],
    ['bool(coalesce(other, "yes"))', [3, 4]],
    ['coalesce(other, status, "none") == "none"', [4]],
    ['round(total) == -13 || abs(total) == 12.5', [4]],
    ['string(max(quantity * 0.0, 0)) == "0.0" && string(min(0, quantity * 0.0)) == "0"', [1, 2, 3, 5, 6]],
    ['max(total, quantity) == 50.01 || min(quantity, 1, 2) == -7', [1, 3]],
    ['status.replace("new", "newer") == "newer"', [1]],
    ['"a" < "B" || status < other', [2, 5, 6]],
    ['at >= timestamp("2026-02-01") && at < timestamp("2026-02-02")', [2]],
    [
      'at >= timestamp("2026-02-01", "Europe/Berlin") && at < timestamp("2026-02-02", "Europe/Berlin")',
      [1, 2],
    ],
    ['date(at, "Europe/Berlin") == date("2026-02-01")', [1, 2]],
    ['day > date("2026-01-31")', [5, 6]],
    ['at.getHours() == 23 && at.getFullYear() == 2026', [1]],
    ['at.getDate("Europe/Berlin") == 1 && at.getMonth("Europe/Berlin") == 1', [1, 2]],
    ['at.getMilliseconds() == 250', [2]],
    ['day.getDayOfWeek() == 6', [1]],
    ['day.getDayOfYear() == 59', [2]],
    ['day == date("0001-01-01") || day == date("9999-12-31")', [3, 5]],
    ['timestamp(day) < at', [1, 2, 5]],
    ['at + duration("1h30m") == timestamp("2026-02-01T01:00:00Z")', [1]],
    ['at < now() - duration("876000h")', [3]],
    ['at > now() && at > timestamp("2100-01-01")', [5]],
  ])('%s keeps %j', async (text, ids) => {
    expect(await ground.idsOf(text)).toEqual(ids);
  });

  it.each<[string, number, RegExp]>([
    ['', 1, /no expression yet/],
    ['total >', 8, /missing at the end/],
    ['total', 1, /true or false is needed here, and this is a number/],
    ['status > 5', 10, /a text and a number cannot be compared: decimal\(…\) reads one out of a text/],
    ['total == "5"', 10, /a number and a text cannot be compared: decimal/],
    ['day > "2026-01-31"', 7, /a date and a text cannot be compared: write date\("2026-01-31"\)/],
    ['at > "2026-01-31"', 6, /write timestamp\("/],
    ['at > day', 6, /a time and a date cannot be compared/],
    ['total + status == "x"', 9, /a number and a text cannot be added/],
    ['active + active == null', 1, /true or false cannot be added/],
    ['active > false', 1, /neither more nor less/],
    ['total && active', 1, /true or false is needed here/],
    ['!total', 2, /true or false is needed/],
    ['-status == 1', 2, /a number is needed here, and this is a text: decimal/],
    ['active ? 1 : "x"', 14, /a number and a text cannot both be given/],
    ['data == data', 1, /can only be compared with null/],
    ['data in [null]', 1, /can only be compared with null/],
    ['data + 1 == 2', 8, /cannot be added/],
    ['gone == 1', 1, /has no column "gone"; choose one of id, status/],
    ['total > 1 && vendor.name == "x"', 14, /has no column "vendor\.name"/],
    ['row == 1', 1, /say which column/],
    ['status in other', 11, /a list is needed here/],
    ['status in [1]', 12, /a text and a number cannot be compared/],
    ['total in ["a", "b"]', 11, /cannot be compared/],
    ['[1] == [1]', 1, /a list can only be compared with null/],
    ['shout(status)', 1, /there is no shout\(\) here; there are string\(value\)/],
    ['status.shout()', 8, /there is no shout\(\) here; there are text\.size\(\)/],
    ['lower(status) == ""', 1, /write text\.lower\(\)/],
    ['status.round() == 1', 8, /write round\(number, places\)/],
    ['status.map(a, a)', 8, /map\(\) is not offered here/],
    ['status.contains()', 8, /it is written text\.contains\("part"\)/],
    ['status.matches(other)', 16, /in quotes is needed/],
    ['status.matches("(")', 16, /the regular expression has a “\(” without its “\)”/],
    ['at > timestamp("soon")', 16, /a time in quotes is needed/],
    ['at > timestamp(status)', 16, /a time in quotes is needed/],
    ['at > timestamp("2026-01-01", "Mars")', 30, /name of a time zone/],
    ['date(status) == day', 6, /a time is needed here, or a day in quotes/],
    ['at > now() - duration("5 days")', 23, /a duration in quotes/],
    ['at - at > duration("1h")', 1, /a number is needed here, and this is a time/],
    ['has(5, 6)', 1, /it is written has\(column\)/],
    ['{"a": 1} == null', 1, /objects are not made here/],
    ['status == "a\\u0000"', 11, /holds a NUL/],
    ['total > 5u', 9, /leave the letter out/],
    ['dyn(total) > 5', 1, /there is no dyn\(\) here/],
  ])('%j is refused at character %i', (text, at, reason) => {
    try {
      expressionSql(text, columnsOf(ground.dataset), 'expression');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'invalid',
        fields: { expression: expect.stringMatching(new RegExp(`^character ${at}: .*${reason.source}`)) },
      });
    }
  });

  it.each(
    sqlExpressionGuide.rules.flatMap(({ about, examples }) =>
      examples.map((example) => ({ about, ...example })),
    ),
  )('of $about: $text is $gives, as the rules say', async ({ text, gives }) => {
    expect(await ground.idsOf(`(${text}) == ${gives} && id == 4`)).toEqual([4]);
  });

  it('finds the column of a relation by its path', async () => {
    const asked: string[] = [];
    const columnOf = (name: string) => {
      asked.push(name);
      return { column: { name, type: 'text' as const }, value: columnSql('status') };
    };
    expressionSql('vendor.name == "x" && vendor["Short name"] == row.vendor.name', columnOf);
    expect(asked).toEqual(['vendor.name', 'vendor.Short name', 'vendor.name']);
  });

  it('does not make texts without end', async () => {
    const longer = '.replace("n", "nnnnnnnnnn")';
    expect(await ground.idsOf(`status${longer.repeat(4)}.size() == 10002`)).toEqual([1]);
    expect(await ground.idsOf(`status == "new" && status${longer.repeat(12)} == null`)).toEqual([1]);
  });

  it('of forty levels is as long as it is written', async () => {
    let text = 'status';
    for (let level = 0; level < 17; level++) text = `string(decimal(${text}))`;
    const condition = expressionSql(`${text} == ""`, columnsOf(ground.dataset));
    expect(withLiterals(condition).length).toBeLessThan(20_000);
    expect(await ground.idsOf(`${text} == ""`)).toEqual([]);
  });
});
