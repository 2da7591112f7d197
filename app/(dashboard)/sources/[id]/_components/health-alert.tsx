import { Alert, Text } from '@mantine/core';
import { Age } from '#app/_ui/age.tsx';
import { AdviceText } from '#app/(dashboard)/sources/_components/advice-text.tsx';
import { adviceOnHealth } from '#lib/sources/advice.ts';
import type { SourceView } from '#lib/sources/view.ts';

type Unwell = Pick<SourceView, 'id' | 'enabled' | 'health' | 'healthReason' | 'healthSince' | 'syncError'>;

const titles = {
  failed: 'It could not be synced',
  late: 'It is late',
  rows_off: 'It gave far more or fewer rows than usual',
  silent: 'It is not being synced any more',
} as const;

/** Why a source is not well, and what to do about it; nothing where the failure of its last sync says so. */
export function HealthAlert({ source }: { source: Unwell }) {
  const { id, enabled, health, healthReason, healthSince, syncError } = source;
  const failsNow = syncError !== null && syncError.code !== 'cancelled';
  if (!enabled || health === 'ok' || (health === 'failed' && failsNow)) return null;
  const advice = adviceOnHealth(health, undefined, id);
  return (
    <Alert color="yellow" title={titles[health]}>
      <Text size="sm">
        {healthReason} <Age at={healthSince} />
      </Text>
      {advice && <AdviceText advice={advice} />}
    </Alert>
  );
}
