'use client';

import { Button, Checkbox, Fieldset, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { keep } from '#app/(dashboard)/exports/templates/actions.ts';
import type { Customization } from '#lib/exports/templates/schema.ts';

interface SaveTemplateButtonProps {
  readonly exportId: string;
  readonly name: string;
  /** What the template could ask whoever uses it. */
  readonly questions: readonly Customization[];
}

/** Keeps the export as a template, with the questions that are ticked. */
export function SaveTemplateButton(props: SaveTemplateButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Save as template
      </Button>
      <Modal opened={opened} onClose={close} title="Save as template">
        <TemplateForm {...props} />
      </Modal>
    </>
  );
}

function TemplateForm({ exportId, name: first, questions }: SaveTemplateButtonProps) {
  const router = useRouter();
  const keeping = useAction(keep);
  const [name, setName] = useState(first);
  const [description, setDescription] = useState('');
  const [asked, setAsked] = useState<string[]>([]);
  const save = async () => {
    const customizations = questions.filter(({ field }) => asked.includes(field));
    if (await keeping.run({ name, description, exportId, customizations })) router.push('/exports/templates');
  };
  return (
    <Stack>
      <ProblemAlert error={keeping.error} title="Not saved" />
      <TextInput
        label="Name"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label="Description"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Fieldset legend="To choose when it is used">
        <Checkbox.Group aria-label="To choose when it is used" value={asked} onChange={setAsked}>
          <Stack gap="xs">
            {questions.length === 0 && <Text c="dimmed">Nothing of this export offers a choice.</Text>}
            {questions.map(({ field, label = field }) => (
              <Checkbox key={field} value={field} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Fieldset>
      <Button loading={keeping.pending} disabled={name.trim() === ''} onClick={save}>
        Save template
      </Button>
    </Stack>
  );
}
