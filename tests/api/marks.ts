import type { Belongings } from '#tests/api/furnish.ts';

/** By what a workspace's things are recognised wherever they are shown. */
export function marksOf({ link, ...names }: Belongings, ...others: readonly string[]): string[] {
  return [...Object.values(names), ...others];
}

/** Which of the marks a text shows that its reader did not bring along. */
export function shownMarks(marks: readonly string[], text: string, sent: unknown): string[] {
  const known = JSON.stringify(sent) ?? '';
  return marks.filter((mark) => text.includes(mark) && !known.includes(mark));
}
