import classes from './developers.module.css';
import type { Placed } from './operation.tsx';

interface ContentsProps {
  /** Anchors and their titles, then the operations by subject. */
  readonly guide: readonly { readonly id: string; readonly title: string }[];
  readonly subjects: readonly { readonly name: string; readonly operations: readonly Placed[] }[];
}

/** Leads to every part of the page. */
export function Contents({ guide, subjects }: ContentsProps) {
  return (
    <nav aria-label="On this page" className={classes.contents}>
      <p className={classes.subject}>On this page</p>
      <Links links={guide} />
      {subjects.map(({ name, operations }) => (
        <div key={name}>
          <a href={`#${name.toLowerCase()}`} className={classes.subject}>
            {name}
          </a>
          <Links
            links={operations.map(({ operation }) => ({
              id: operation.operationId,
              title: operation.summary,
            }))}
          />
        </div>
      ))}
    </nav>
  );
}

function Links({ links }: { links: ContentsProps['guide'] }) {
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
