import { Alert, List, ListItem, Text } from '@mantine/core';
import type { ActionError } from '#lib/api/action.ts';

/** An error in words, with what is wrong in each field that no input shows by itself. */
export function ProblemAlert({ error, title }: { error: ActionError | null | undefined; title?: string }) {
  if (!error) return null;
  const fields = Object.entries(error.fields ?? {});
  return (
    <Alert color="red" role="alert" title={title}>
      <Text size="sm">{error.message}</Text>
      {fields.length > 0 && (
        <List size="sm" mt="xs">
          {fields.map(([field, problem]) => (
            <ListItem key={field}>
              {field}: {problem}
            </ListItem>
          ))}
        </List>
      )}
    </Alert>
  );
}
