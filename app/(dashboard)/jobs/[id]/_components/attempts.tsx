'use client';

import { Group, List, ListItem, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';

/** How often the work was tried by a person, and what came of each time; nothing where that was once. */
export function Attempts({ attempts, shown }: { attempts: readonly JobView[]; shown: string }) {
  if (attempts.length < 2) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Attempts
      </Title>
      <List type="ordered" spacing="xs">
        {attempts.map((attempt) => (
          <ListItem key={attempt.id}>
            <Group gap="sm" component="span">
              {attempt.id === shown ? (
                <Text span aria-current="page">
                  This one
                </Text>
              ) : (
                <TextLink href={`/jobs/${attempt.id}` as Route}>Attempt {attempt.retryAttempt + 1}</TextLink>
              )}
              <StatusBadge status={attempt.status} />
              <Text span size="sm" c="dimmed">
                <Time at={attempt.createdAt} />
              </Text>
            </Group>
          </ListItem>
        ))}
      </List>
    </section>
  );
}
