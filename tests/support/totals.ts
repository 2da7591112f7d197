import { existsSync, readFileSync } from 'node:fs';

/** The reports of vitest and Playwright, as far as they are counted. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numFailedTestSuites?: number;
  readonly stats?: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  // A runner that wrote no report has failed as a whole.
  if (!existsSync(path)) failed += 1;
  else count(JSON.parse(readFileSync(path, 'utf8')));
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);

function count({ numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0, stats }: Report): void {
  passed += numPassedTests + (stats ? stats.expected + stats.flaky : 0);
  // A file that cannot be loaded fails without a test in it having run.
  failed += Math.max(numFailedTests, Math.min(numFailedTestSuites, 1)) + (stats?.unexpected ?? 0);
}
