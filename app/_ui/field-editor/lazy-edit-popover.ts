'use client';

import dynamic from 'next/dynamic';

/** The same, fetched where the first field is edited; what is around it stays meanwhile. */
export const LazyEditPopover = dynamic(() => import('./edit-popover.tsx').then((file) => file.EditPopover), {
  loading: () => null,
});
