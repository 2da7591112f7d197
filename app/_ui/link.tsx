'use client';

import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface Target {
  readonly href: Route;
  readonly children: ReactNode;
}

/** A link in a text, to a page of ours; underlined, for colour alone does not tell it from the words around it. */
export function TextLink(props: AnchorProps & Target) {
  return <Anchor component={Link} underline="always" {...props} />;
}

/** A link that looks like a button, to a page of ours. */
export function LinkButton(props: ButtonProps & Target) {
  return <Button component={Link} {...props} />;
}
