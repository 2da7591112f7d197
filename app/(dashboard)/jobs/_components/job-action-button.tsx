'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { useAction } from '#app/_ui/use-action.ts';
import { cancel, retry } from '#app/(dashboard)/jobs/actions.ts';

interface JobActionButtonProps extends ButtonProps {
  readonly jobId: string;
  /** Tells several such buttons of one page apart. */
  readonly of: string;
  /** Whether to go to the page of the job that it comes to. */
  readonly follow?: boolean;
}

/** Asks for the job to be cancelled; what it has stored stays. */
export function CancelJobButton(props: JobActionButtonProps) {
  return <JobActionButton {...props} action={cancel} label="Cancel" />;
}

/** Runs a failed job again, as a new one: a sync goes on from where it had stored its work. */
export function RetryJobButton(props: JobActionButtonProps) {
  return <JobActionButton {...props} action={retry} label="Run again" />;
}

interface LabelledProps extends JobActionButtonProps {
  readonly action: typeof cancel;
  readonly label: string;
}

function JobActionButton({ jobId, of, follow = false, action, label, ...button }: LabelledProps) {
  const router = useRouter();
  const { run, pending } = useAction(async (input: { id: string }) => {
    const result = await action(input);
    if (!result.ok) notifications.show({ color: 'red', message: result.error.message });
    if (result.ok && follow) router.push(`/jobs/${result.value.jobId}`);
    else router.refresh();
    return result;
  });
  return (
    <Button
      variant="default"
      style={{ flexShrink: 0 }}
      {...button}
      loading={pending}
      aria-label={`${label}: ${of}`}
      onClick={() => run({ id: jobId })}
    >
      {label}
    </Button>
  );
}
