'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import classes from './settings-nav.module.css';

const places = [
  ['/settings/profile', 'Profile'],
  ['/settings/members', 'Members'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/audit', 'Audit log'],
  ['/settings/health', 'Health'],
] as const;

/** Leads from one part of the settings to the others, and says which one this is. */
export function SettingsNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className={classes.nav}>
      {places.map(([href, label]) => (
        <Link
          key={href}
          href={href as Route}
          className={classes.link}
          aria-current={pathname === href ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
