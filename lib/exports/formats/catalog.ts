import { z } from 'zod';
import type { Format } from './contract.ts';
import { type FormatChoice, formats } from './registry.ts';

/** One option as JSON Schema describes it, with a label for each of its values; lists and objects describe theirs. */
export interface OptionSchema {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  /** Absent where the option may be too. */
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** A format as a form needs it: plain data, safe to send to a browser. */
export interface FormatInfo extends Pick<Format, 'label' | 'goodFor' | 'extension'> {
  readonly id: FormatChoice['type'];
  readonly options: Readonly<Record<string, OptionSchema>>;
  /** Whether a file has room for further tables. */
  readonly holdsTables: boolean;
}

/** Every format with its options, described from the schemas that check them. */
export function formatCatalog(): FormatInfo[] {
  return (Object.keys(formats) as FormatInfo['id'][]).map((id) => {
    const format: Format = formats[id];
    const { label, goodFor, extension, options, holdsTables = false } = format;
    const { properties } = z.toJSONSchema(options, { io: 'input' });
    return { id, label, goodFor, extension, holdsTables, options: properties as FormatInfo['options'] };
  });
}
