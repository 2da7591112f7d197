'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import classes from './section-nav.module.css';

interface SectionNavProps {
  /** What the sections are of. */
  readonly label: string;
  readonly places: readonly (readonly [href: string, label: string])[];
}

/** Leads from one section of a page to the others, and says which one this is. */
export function SectionNav({ label, places }: SectionNavProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={classes.nav}>
      {places.map(([href, name]) => (
        <Link
          key={href}
          href={href as Route}
          className={classes.link}
          aria-current={pathname === href ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
