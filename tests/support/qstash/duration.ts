const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);

/** The milliseconds of a duration such as `10s` or `6m5s`; undefined when it is not one. */
export function durationMs(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce((sum, [, amount, unit]) => sum + Number(amount) * unitMs(unit), 0);
}

function unitMs(unit = ''): number {
  return UNIT_MS[unit] ?? Number.NaN;
}
