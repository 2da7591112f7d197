'use client';

import { Button, Drawer, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSitemap } from '@tabler/icons-react';
import dynamic from 'next/dynamic';

const RelationsPanel = dynamic(
  () => import('./relations-panel.tsx').then((module) => module.RelationsPanel),
  {
    loading: () => <Skeleton height={120} />,
  },
);

interface RelationsButtonProps {
  /** The name of the dataset. */
  readonly dataset: string;
  readonly mayEdit: boolean;
}

/** Opens what belongs to a row of the dataset elsewhere. */
export function RelationsButton({ dataset, mayEdit }: RelationsButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconSitemap size={16} aria-hidden />} onClick={open}>
        Relations
      </Button>
      <Drawer opened={opened} onClose={close} position="right" size="xl" title="Relations">
        <RelationsPanel dataset={dataset} mayEdit={mayEdit} />
      </Drawer>
    </>
  );
}
