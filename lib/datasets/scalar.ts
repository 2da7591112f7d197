import { Refusal } from './refusal.ts';

/**
 * A value as it was written, which is what every type but `json` is made from: a number with the digits of
 * its source. An object or array has no such text.
 */
export function scalarText(value: unknown): string | Refusal {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (JSON.isRawJSON(value)) return value.rawJSON;
  return new Refusal(
    Array.isArray(value) ? 'is a list, not a single value' : 'is an object, not a single value',
  );
}

/** The reason, with the hint that helps where blanks are all that is wrong. */
export function refusedText(text: string, reason: string): Refusal {
  const isPadded = text !== text.trim();
  return new Refusal(isPadded ? `${reason}: there are blanks around it, add the transform "trim"` : reason);
}
