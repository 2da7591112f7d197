import { Text } from '@mantine/core';
import type { QueryProps } from './step-props.ts';

/** What is wrong with a filter, or with anything within it. */
export function ProblemsOf({ path, errors }: Pick<QueryProps, 'errors'> & { readonly path: string }) {
  return Object.entries(errors)
    .filter(([field]) => field === path || field.startsWith(`${path}.`))
    .map(([field, problem]) => (
      <Text key={field} size="sm" c="var(--mantine-color-error)" role="alert">
        The filter is not right: {problem}.
      </Text>
    ));
}
