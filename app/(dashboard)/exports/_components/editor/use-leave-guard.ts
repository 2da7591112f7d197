'use client';

import { useEffect, useState } from 'react';

export interface LeaveGuard {
  /** Whether the person is being asked. */
  readonly asking: boolean;
  stay(): void;
  /** Goes where the person was going. */
  leave(): void;
}

/** While `active`, asks before the page is left: by a link of ours, by going back, or by closing the tab. */
export function useLeaveGuard(active: boolean): LeaveGuard {
  const [onward, setOnward] = useState<{ readonly go: () => void }>();
  useEffect(() => {
    if (!active) return;
    const guard = new AbortController();
    const { signal } = guard;
    const ask = (event: Event, go: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      setOnward({
        go() {
          guard.abort();
          go();
        },
      });
    };
    const ofLinks = (event: MouseEvent) => {
      const link = leavingLink(event);
      if (link) ask(event, () => link.click());
    };
    const ofHistory = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable) return;
      ask(event, () => navigation.traverseTo(event.destination.key));
    };
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    // Before the router's own listener hears of it.
    document.addEventListener('click', ofLinks, { signal, capture: true });
    if ('navigation' in window) navigation.addEventListener('navigate', ofHistory, { signal });
    return () => guard.abort();
  }, [active]);
  return { asking: onward !== undefined, stay: () => setOnward(undefined), leave: () => onward?.go() };
}

/** The link of a click that shows another page in this tab. */
function leavingLink(event: MouseEvent): HTMLAnchorElement | undefined {
  const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (elsewhere || !link || link.target === '_blank' || link.hasAttribute('download')) return undefined;
  const { origin, pathname } = new URL(link.href, location.href);
  return origin === location.origin && pathname !== location.pathname ? link : undefined;
}
