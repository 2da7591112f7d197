'use client';

import { Button, type ButtonProps } from '@mantine/core';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { copy } from '#app/(dashboard)/exports/templates/actions.ts';

/** Makes a copy of a template, and goes on to change it. */
export function CopyTemplateButton({ id, name, ...button }: ButtonProps & { id: string; name: string }) {
  const router = useRouter();
  const copying = useAction(copy);
  const copyAndEdit = async () => {
    const made = await copying.run({ id });
    if (made) router.push(`/exports/templates/${made.id}/edit` as Route);
  };
  return (
    <>
      <Button
        variant="default"
        {...button}
        loading={copying.pending}
        onClick={copyAndEdit}
        aria-label={`Copy to edit: ${name}`}
      >
        Copy to edit
      </Button>
      <ProblemAlert error={copying.error} title="Not copied" />
    </>
  );
}
