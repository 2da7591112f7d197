import { functions, methods } from './functions.ts';

const names = Object.keys(functions).map((name) => `${name}()`);
const methodNames = Object.keys(methods).map((name) => `.${name}()`);
const macroNames = ['has()', '.all()', '.exists()', '.exists_one()', '.map()', '.filter()'];

/** What expressions can do and what they promise, for those who write them. */
export const expressionGuide = [
  'A subset of the Common Expression Language over the columns by their names; `row["Unit Price"]` where a name is no word.',
  'Numbers are exact decimals of up to 200 digits: `+ - *` lose nothing, a quotient is rounded to 34 digits, `5 / 2` is 2.5.',
  'A text of the source that spells a number is that number where one is asked for; `+` and `<` between two such texts are refused: say decimal() or string().',
  'What is computed of null, or of an absent column, is null; `==` tells null from all else, and a condition that is null does not hold.',
  `There are ${[...names, ...methodNames, ...macroNames].join(', ')}.`,
  'A row whose expression cannot be computed is set aside with the reason.',
].join(' ');
