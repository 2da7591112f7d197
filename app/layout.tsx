import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ThemeProvider } from '#app/_ui/theme-provider.tsx';

export const metadata: Metadata = {
  title: { default: 'Entrepot', template: '%s · Entrepot' },
  description: 'Pulls a small operator’s data in, keeps it in their own Postgres and ships it on.',
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <ThemeProvider>{children}</ThemeProvider>
      </body>
    </html>
  );
}
