import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { listApiKeys } from '#lib/auth/api-keys.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { givableScopes } from '#lib/auth/roles.ts';
import { KeyCard } from './_components/key-card.tsx';
import { MakeKeyButton } from './_components/make-key-button.tsx';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage() {
  const session = await pageSession();
  const { role, userId } = session;
  const keys = await listApiKeys(session);
  const makeKey = role === 'viewer' ? undefined : <MakeKeyButton scopes={givableScopes(role)} />;
  return (
    <>
      <PageHeader
        title="API keys"
        description="A key lets a program of yours work in this workspace over the API. It never may do more than the person who made it."
        actions={makeKey}
      />
      {keys.length === 0 ? (
        <EmptyState title="No keys yet" action={makeKey}>
          {makeKey
            ? 'Make one for each program that calls the API, so that each can be ended by itself.'
            : 'Keys are made by editors and owners. Ask one of them if you need one.'}
        </EmptyState>
      ) : (
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {keys.map((key) => (
            <KeyCard
              key={key.id}
              apiKey={key}
              mayRevoke={role === 'owner' || (role === 'editor' && key.createdBy.id === userId)}
            />
          ))}
        </Stack>
      )}
    </>
  );
}
