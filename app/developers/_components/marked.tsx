import { Fragment } from 'react';

/** A text in which `code` is set as code. */
export function Marked({ text }: { text: string }) {
  return text.split('`').map((part, place) => {
    const key = `${place} ${part}`;
    return place % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>;
  });
}
