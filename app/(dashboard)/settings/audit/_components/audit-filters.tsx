'use client';

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useFormat } from '#app/_ui/format.tsx';
import { auditActions } from '#lib/workspaces/audit-actions.ts';
import type { AuditActorChoice } from '#lib/workspaces/audit-actors.ts';
import { dayOf, endOfDay, startOfDay } from './day.ts';

interface Chosen {
  readonly action?: string;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly from?: string;
  readonly to?: string;
}

interface AuditFiltersProps {
  readonly chosen: Chosen;
  readonly actors: readonly AuditActorChoice[];
}

const actionChoices = [
  { value: '', label: 'Anything' },
  ...Object.entries(auditActions).map(([value, words]) => ({ value, label: words })),
];

/** Narrows the trail; the choice is in the address of the page. Days are those of the person's time zone. */
export function AuditFilters({ chosen, actors }: AuditFiltersProps) {
  const { timeZone } = useFormat();
  const router = useRouter();
  const choose = (change: Chosen) => {
    const wanted = Object.entries({ ...chosen, ...change }).filter(([, value]) => value !== '');
    router.replace(`/settings/audit?${new URLSearchParams(wanted)}` as Route, { scroll: false });
  };
  return (
    <Group gap="sm" mb="lg" align="flex-end">
      <NativeSelect
        label="Who"
        data={[{ value: '', label: 'Anyone' }, ...actorChoices(actors)]}
        value={chosen.actorId ?? ''}
        onChange={({ currentTarget }) => choose({ actorId: currentTarget.value })}
        maw="100%"
      />
      <NativeSelect
        label="Did what"
        data={actionChoices}
        value={chosen.action ?? ''}
        onChange={({ currentTarget }) => choose({ action: currentTarget.value })}
      />
      <TextInput
        type="date"
        label="From"
        value={chosen.from ? dayOf(new Date(chosen.from), timeZone) : ''}
        onChange={({ currentTarget: { value } }) =>
          choose({ from: value && startOfDay(value, timeZone).toISOString() })
        }
      />
      <TextInput
        type="date"
        label="To"
        value={chosen.to ? dayOf(new Date(Date.parse(chosen.to) - 1), timeZone) : ''}
        onChange={({ currentTarget: { value } }) =>
          choose({ to: value && endOfDay(value, timeZone).toISOString() })
        }
      />
      <TargetFilter id={chosen.targetId ?? ''} onChoose={(targetId) => choose({ targetId })} />
      {Object.keys(chosen).length > 0 && (
        <Button variant="subtle" onClick={() => router.replace('/settings/audit')}>
          Show all
        </Button>
      )}
    </Group>
  );
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Taken once it is a whole id, or empty. */
function TargetFilter({ id, onChoose }: { id: string; onChoose(id: string): void }) {
  return (
    <TextInput
      key={id}
      label="To what (its id)"
      w={330}
      maw="100%"
      defaultValue={id}
      onChange={({ currentTarget: { value } }) => {
        const typed = value.trim();
        if (typed === '' || ID.test(typed)) onChoose(typed);
      }}
    />
  );
}

function actorChoices(actors: readonly AuditActorChoice[]) {
  return actors.map(({ id, kind, name }) => ({
    value: id,
    label: kind === 'api_key' ? `API key ${name}` : name,
  }));
}
