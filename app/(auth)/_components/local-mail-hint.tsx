import { Code, Text } from '@mantine/core';
import { connection } from 'next/server';
import { env } from '#lib/env.ts';

/** Says, in the local profile, where to look for a mail: none leaves that machine. */
export async function LocalMailHint() {
  await connection();
  if (!env().ALLOW_LOOPBACK_TARGETS) return null;
  return (
    <Text size="sm" c="dimmed">
      On this machine no mail is sent: it lies as a page in the folder <Code>.local/mail</Code>.
    </Text>
  );
}
