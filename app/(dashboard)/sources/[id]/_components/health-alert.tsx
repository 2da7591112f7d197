import { Alert, Text } from '@mantine/core';
import { Age } from '#app/_ui/age.tsx';
import { AdviceText } from '#app/(dashboard)/sources/_components/advice-text.tsx';
import { adviceOnHealth } from '#lib/sources/advice.ts';
import type { SourceView } from '#lib/sources/view.ts';

type Unwell = Pick<SourceView, 'id' | 'enabled' | 'health' | 'healthReason' | 'healthSince'>;

const titles = {
  late: 'It is late',
  rows_off: 'It gave far more or fewer rows than usual',
  silent: 'It is not being synced any more',
} as const;

/** Why a source is not well although no sync has failed, and what to do about it. */
export function HealthAlert({ source }: { source: Unwell }) {
  const { id, enabled, health, healthReason, healthSince } = source;
  if (!enabled || health === 'ok' || health === 'failed') return null;
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
