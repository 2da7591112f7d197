import type { Customization } from './schema.ts';

const MAX_FIELD_LENGTH = 60;

/** A customization that could be, with a name from which its `field` is made. */
export interface Suggestion extends Omit<Customization, 'field' | 'label'> {
  readonly name: string;
  readonly label: string;
}

/** A select of these answers, each with its words, whose value goes to `path` as it is. */
export function choiceAt(
  path: string,
  labels: Readonly<Record<string, string>>,
  standard: string,
): Pick<Suggestion, 'type' | 'options' | 'labels' | 'default' | 'sets'> {
  return {
    type: 'select',
    options: Object.keys(labels),
    labels: { ...labels },
    default: standard,
    sets: [{ path }],
  };
}

/** Whether every object has a member of that name, as `constructor`, so that no choice can be called so. */
export function isTaken(field: string): boolean {
  return field in {};
}

/** What the API may call it, after a name of any characters: `status`, and `status_2` where that is taken. */
export function freeField(name: string, taken: { has(field: string): boolean }): string {
  const words = name.replaceAll(/[^a-zA-Z0-9_]+/g, '_').replace(/^[^a-zA-Z]+/, '');
  const base = (words || 'choice').slice(0, MAX_FIELD_LENGTH - 4);
  let field = base;
  for (let again = 2; taken.has(field) || isTaken(field); again += 1) field = `${base}_${again}`;
  return field;
}
