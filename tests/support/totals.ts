import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** The reports of vitest and Playwright, as far as they are counted. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numFailedTestSuites?: number;
  readonly testResults?: readonly TestFile[];
  readonly stats?: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

/** A file of vitest's report. */
interface TestFile {
  readonly name: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
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

function count(report: Report): void {
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0, testResults = [], stats } = report;
  passed += numPassedTests + (stats ? stats.expected + stats.flaky : 0);
  // A file that cannot be loaded fails without a test in it having run.
  failed += Math.max(numFailedTests, Math.min(numFailedTestSuites, 1)) + (stats?.unexpected ?? 0);
  // Named once more at the end, where the tail of a long log has them; Playwright's list does so by itself.
  for (const { name, assertionResults } of testResults)
    for (const { fullName, status } of assertionResults)
      if (status === 'failed') process.stdout.write(`failed: ${relative('.', name)} > ${fullName}\n`);
}
