import { SectionNav } from '#app/_ui/section-nav.tsx';

const places = [
  ['/settings/profile', 'Profile'],
  ['/settings/members', 'Members'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/audit', 'Audit log'],
  ['/settings/health', 'Health'],
] as const;

/** Leads from one part of the settings to the others, and says which one this is. */
export function SettingsNav() {
  return <SectionNav label="Settings" places={places} />;
}
