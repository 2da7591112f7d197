'use client';

import { Code, Text } from '@mantine/core';
import type { Route } from 'next';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import type { AuditEntry } from '#lib/workspaces/audit-log.ts';
import classes from './audit-line.module.css';
import { actionInWords, actorInWords, detailsInWords, targetHref, targetInWords } from './audit-words.ts';

/** One thing that was done, as a sentence; the rest of what is known of it opens below. */
export function AuditLine({ entry }: { entry: AuditEntry }) {
  const { changed } = entry.details;
  return (
    <li className={classes.line}>
      <Text size="sm" className={classes.sentence}>
        <b>{actorInWords(entry)}</b> {actionInWords(entry)} <Target entry={entry} />
        {Array.isArray(changed) && <> ({changed.join(', ')})</>}
      </Text>
      <details className={classes.details}>
        <summary>
          <Text span size="sm" c="dimmed">
            <Time at={entry.createdAt} />
          </Text>
        </summary>
        <Details entry={entry} />
      </details>
    </li>
  );
}

function Target({ entry }: { entry: AuditEntry }) {
  const name = targetInWords(entry);
  const href = targetHref(entry);
  if (name === null) return null;
  return href ? <TextLink href={href}>{name}</TextLink> : <b>{name}</b>;
}

function Details({ entry }: { entry: AuditEntry }) {
  const format = useFormat();
  const { targetId, actor, action, createdAt } = entry;
  return (
    <dl className={classes.facts}>
      <Fact name="When" value={format.exactDateTime(createdAt)} />
      <Fact name="Action" value={action} />
      {actor.id && <Fact name="By" value={actor.id} only={`actorId=${actor.id}`} />}
      {targetId && <Fact name="To" value={targetId} only={`targetId=${targetId}`} />}
      {detailsInWords(entry.details, format.number).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  /** The query of the trail that is narrowed to it. */
  readonly only?: string;
}

function Fact({ name, value, only }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {only ? (
          <>
            <Code>{value}</Code>{' '}
            <TextLink href={`/settings/audit?${only}` as Route} size="sm">
              Only these
            </TextLink>
          </>
        ) : (
          value
        )}
      </dd>
    </>
  );
}
