'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './developers.module.css';

/** A part of the page that a link leads to. */
export interface Link {
  readonly id: string;
  readonly title: string;
  /** What else it can be found by, such as its address. */
  readonly words?: string;
}

interface ContentsProps {
  readonly guide: readonly Link[];
  /** The operations, and the shapes, by subject. */
  readonly subjects: readonly {
    readonly id: string;
    readonly name: string;
    readonly links: readonly Link[];
  }[];
}

/** Leads to every part of the page, or to those in which what is looked for stands. */
export function Contents({ guide, subjects }: ContentsProps) {
  const [search, setSearch] = useState('');
  const fits = ({ title, words = '' }: Link) =>
    `${title} ${words}`.toLowerCase().includes(search.trim().toLowerCase());
  const found = subjects.flatMap((subject) => {
    const links = subject.links.filter(fits);
    return links.length > 0 ? [{ ...subject, links }] : [];
  });
  return (
    <nav aria-label="On this page" className={classes.contents}>
      <TextInput
        type="search"
        label="Find an operation or a shape"
        size="xs"
        mb="sm"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Links links={guide.filter(fits)} />
      {found.map(({ id, name, links }) => (
        <div key={id}>
          <a href={`#${id}`} className={classes.subject}>
            {name}
          </a>
          <Links links={links} />
        </div>
      ))}
      {search && found.length === 0 && <p>Nothing is called so.</p>}
    </nav>
  );
}

function Links({ links }: { links: readonly Link[] }) {
  return (
    <ul>
      {links.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  );
}
