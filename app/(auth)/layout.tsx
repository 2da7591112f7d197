import { Box, Container, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { TextLink } from '#app/_ui/link.tsx';

/** The frame of the pages before one is in a workspace. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <Container component="main" size={440} py="xl">
      <Box ta="center" mb="lg">
        <TextLink href="/" fw={700} size="xl" underline="never" c="inherit">
          Entrepot
        </TextLink>
      </Box>
      <Paper withBorder p="xl">
        {children}
      </Paper>
    </Container>
  );
}
