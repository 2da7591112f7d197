import { Badge, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { Time } from '#app/_ui/format.tsx';
import type { ApiKey } from '#lib/auth/api-keys.ts';
import { RevokeKeyButton } from './revoke-key-button.tsx';
import { scopeWords } from './scope-words.ts';

/** A key as one recognises it: what it is for, what it may do, whose it is, and whether it is still used. */
export function KeyCard({ apiKey, mayRevoke }: { apiKey: ApiKey; mayRevoke: boolean }) {
  const { id, name, prefix, scope, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const state = stateOf(apiKey);
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} miw={0} flex="1 1 16rem">
          <Group gap="sm">
            <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Code>{prefix}…</Code>
            {state && (
              <Badge color="gray.7" radius="sm">
                {state}
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {scopeWords[scope][0]} · last used: <Time at={lastUsedAt} otherwise="never" />
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            Made by {createdBy.email ?? 'a former member'}, <Time at={createdAt} />
            {expiresAt && !revokedAt && (
              <>
                {' · '}
                {state === 'Expired' ? 'expired' : 'expires'} <Time at={expiresAt} />
              </>
            )}
            {revokedAt && (
              <>
                {' · '}revoked <Time at={revokedAt} />
              </>
            )}
          </Text>
        </Stack>
        {mayRevoke && !state && <RevokeKeyButton id={id} name={name} />}
      </Group>
    </Paper>
  );
}

/** Why a key opens nothing; null while it does. */
function stateOf({ revokedAt, expiresAt, createdBy }: ApiKey): string | null {
  if (revokedAt) return 'Revoked';
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return 'Expired';
  return createdBy.email === null ? 'Maker has left' : null;
}
