import { Paper, Stack, Text, Title } from '@mantine/core';
import { Time } from '#app/_ui/format.tsx';
import type { Session } from '#lib/auth/session.ts';
import { isEntrepotError } from '#lib/core/errors.ts';
import { getQuota, type Quota } from '#lib/sources/quota.ts';
import { QuotaBar } from './quota-bar.tsx';

/** What is used of each window of a source's limits; nothing for a source that nobody limits. */
export async function QuotaPanel({ session, sourceId }: { session: Session; sourceId: string }) {
  const quota = await read(session, sourceId);
  if (quota?.windows.length === 0 && !quota.closedUntil) return null;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="quota">
      <Title order={2} size="h5" mb="sm" id="quota">
        Calls to the source
      </Title>
      {quota === undefined ? (
        <Text size="sm">What is used of its limits cannot be told now. Look again in a moment.</Text>
      ) : (
        <Stack gap="sm">
          {quota.closedUntil && (
            <Text size="sm">
              The provider has asked for a pause: the next call is made at <Time at={quota.closedUntil} />.
            </Text>
          )}
          {quota.windows.map((window) => (
            <QuotaBar key={`${window.of} ${window.seconds} ${window.limit}`} window={window} />
          ))}
        </Stack>
      )}
    </Paper>
  );
}

/** Undefined where the limiter does not answer, or the source's settings cannot be read: its page is there all the same. */
async function read(session: Session, sourceId: string): Promise<Quota | undefined> {
  try {
    return await getQuota(session, sourceId);
  } catch (error) {
    if (isEntrepotError(error)) return undefined;
    throw error;
  }
}
