'use client';

import { Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { spanInWords } from '#app/(dashboard)/sources/[id]/_components/quota-words.ts';
import { type LimitDraft, MOST_LIMITS } from './safeguard-draft.ts';

interface RateLimitFieldsProps {
  readonly limits: readonly LimitDraft[];
  readonly problems: Readonly<Record<string, string>>;
  onChange(limits: readonly LimitDraft[]): void;
  readonly mayEdit: boolean;
}

const MINUTE_SECONDS = 60;
const usualSpans = [1, MINUTE_SECONDS, 3_600, 86_400];

/** Limits of a person's own: so many calls within a second, a minute, an hour or a day. */
export function RateLimitFields({ limits, problems, onChange, mayEdit }: RateLimitFieldsProps) {
  const change = (id: number, changed: Partial<LimitDraft>) =>
    onChange(limits.map((limit) => (limit.id === id ? { ...limit, ...changed } : limit)));
  const next = Math.max(-1, ...limits.map(({ id }) => id)) + 1;
  return (
    <Fieldset legend="Your own limits of calls">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Beside the provider’s: every limit of both holds.
        </Text>
        {limits.map((limit, place) => (
          <Group key={limit.id} align="flex-start" gap="sm">
            <TextInput
              label={`Calls, limit ${place + 1}`}
              inputMode="numeric"
              value={limit.calls}
              onChange={(event) => change(limit.id, { calls: event.currentTarget.value })}
              error={problems[`limit${limit.id}`]}
              w={140}
            />
            <NativeSelect
              label={`Within, limit ${place + 1}`}
              data={spansWith(limit.seconds)}
              value={String(limit.seconds)}
              onChange={(event) => change(limit.id, { seconds: Number(event.currentTarget.value) })}
              w={140}
            />
            {mayEdit && (
              <Button
                variant="subtle"
                mt={25}
                aria-label={`Remove limit ${place + 1}`}
                onClick={() => onChange(limits.filter(({ id }) => id !== limit.id))}
              >
                Remove
              </Button>
            )}
          </Group>
        ))}
        {mayEdit && limits.length < MOST_LIMITS && (
          <Group>
            <Button
              variant="default"
              onClick={() => onChange([...limits, { id: next, calls: '60', seconds: MINUTE_SECONDS }])}
            >
              Add a limit
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

function spansWith(seconds: number) {
  const spans = usualSpans.includes(seconds) ? usualSpans : [...usualSpans, seconds];
  return spans.map((span) => ({
    value: String(span),
    label: `a ${spanInWords(span)}`.replace('a hour', 'an hour'),
  }));
}
