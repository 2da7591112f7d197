import { List, ListItem, Text } from '@mantine/core';

/** What to know of the rows of a run, each with its first examples. */
export function RunWarnings({ warnings }: { warnings: readonly unknown[] }) {
  if (warnings.length === 0) return null;
  return (
    <List size="sm">
      {warnings.map((warning) => (
        <ListItem key={JSON.stringify(warning)} style={{ overflowWrap: 'anywhere' }}>
          {messageOf(warning)}
          <Examples of={warning} />
        </ListItem>
      ))}
    </List>
  );
}

function Examples({ of }: { of: unknown }) {
  const { examples } = (of ?? {}) as { readonly examples?: unknown };
  if (!Array.isArray(examples) || examples.length === 0) return null;
  return (
    <Text span inherit c="dimmed">
      {' '}
      Such as {examples.map((example) => `“${example}”`).join(', ')}.
    </Text>
  );
}

/** Runs of earlier versions have plain texts. */
function messageOf(warning: unknown): string {
  if (typeof warning === 'string') return warning;
  const { message } = (warning ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(warning);
}
