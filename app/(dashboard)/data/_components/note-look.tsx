'use client';

import { useLocalStorage } from '@mantine/hooks';
import { useEffect } from 'react';

const keyOf = (workspaceId: string) => `entrepot.looked-at-data.${workspaceId}`;

/** Whether rows of the workspace have been looked at in this browser. */
export function useHasLooked(workspaceId: string): boolean {
  const [hasLooked] = useLocalStorage({ key: keyOf(workspaceId), defaultValue: false });
  return hasLooked;
}

/** Stands on a page that shows rows, and notes that they were looked at. */
export function NoteLook({ workspaceId }: { workspaceId: string }) {
  const [, setHasLooked] = useLocalStorage({ key: keyOf(workspaceId), defaultValue: false });
  useEffect(() => setHasLooked(true), [setHasLooked]);
  return null;
}
