import { Badge, Code, Container, Group, List, ListItem, Stack, Text, Title } from '@mantine/core';
import { connection } from 'next/server';
import { LinkButton, TextLink } from '#app/_ui/link.tsx';
import { env } from '#lib/env.ts';
import { checkHealth } from '#lib/health.ts';

/** Says what is running and where to go. */
export default async function StartPage() {
  await connection();
  const { checks } = await checkHealth();
  return (
    <Container component="main" size="sm" py="xl">
      <Stack gap="lg">
        <Title order={1}>Entrepot</Title>
        <Text size="lg">Pulls your data in, keeps it in your own Postgres, and ships it on.</Text>
        <Group>
          <LinkButton href="/home">Open the workspace</LinkButton>
          <LinkButton href="/sign-up" variant="default">
            Sign up
          </LinkButton>
        </Group>
        {env().ALLOW_LOOPBACK_TARGETS && (
          <Text>
            A demo workspace is ready on this machine: its sign-in and its API key are in{' '}
            <Code>.local/demo.json</Code>.
          </Text>
        )}

        <Title order={2} size="h3">
          What is running
        </Title>
        <List listStyleType="none" spacing="xs">
          {Object.entries(checks).map(([part, { ok }]) => (
            <ListItem key={part}>
              {part}{' '}
              <Badge color={ok ? 'teal.9' : 'red.9'} ml="xs">
                {ok ? 'running' : 'not answering'}
              </Badge>
            </ListItem>
          ))}
        </List>

        <Title order={2} size="h3">
          For developers
        </Title>
        <Text>
          All of it can be done by the API too: <TextLink href="/developers">read how</TextLink>.
        </Text>
      </Stack>
    </Container>
  );
}
