'use client';

import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';

/** A key right after it was made, to be copied now, and a first call that uses it. */
export function MadeKey({ value, onDone }: { value: string; onDone(): void }) {
  const call = `curl -H "Authorization: Bearer ${value}" ${location.origin}/api/datasets`;
  return (
    <Stack>
      <Alert title="Copy it now">
        This is the only time the key is shown. Keep it where you keep passwords.
      </Alert>
      <Copyable label="The key" text={value} />
      <Copyable label="A first call with it" text={call} />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              aria-label={`${copied ? 'Copied' : 'Copy'}: ${label}`}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {text}
      </Code>
    </div>
  );
}
