import { Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { Advice } from '#lib/sources/advice.ts';

/** What to do about a source; it leads there where there is a page for it. */
export function AdviceText({ advice: { text, path } }: { advice: Advice }) {
  return (
    <Text size="sm" mt={4}>
      {path ? (
        <TextLink href={path as Route} size="sm" c="inherit">
          {text}
        </TextLink>
      ) : (
        text
      )}
    </Text>
  );
}
