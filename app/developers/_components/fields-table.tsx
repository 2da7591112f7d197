import type { FieldRow, TypeText } from '#lib/api/openapi/fields.ts';
import classes from './developers.module.css';
import { Marked } from './marked.tsx';
import { ScrollBox } from './scroll-box.tsx';

interface FieldsTableProps {
  readonly caption: string;
  readonly rows: readonly FieldRow[];
}

/** Fields with their types, what they mean and whether they may be absent. */
export function FieldsTable({ caption, rows }: FieldsTableProps) {
  return (
    <ScrollBox label={caption}>
      <table className={classes.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, type, required, notes }) => (
            <tr key={`${path} ${JSON.stringify(type)}`}>
              <th scope="row">
                <code>{path}</code>
                {!required && <span className={classes.optional}> optional</span>}
              </th>
              <td>
                <TypeWords type={type} />
              </td>
              <td>
                <Marked text={notes.join(' ')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** A type in words; what is described elsewhere on the page is a link to it. */
export function TypeWords({ type }: { type: TypeText }) {
  return type.map((part, place) => {
    const key = `${place} ${JSON.stringify(part)}`;
    if (typeof part === 'string') return <span key={key}>{part}</span>;
    return (
      <a key={key} href={`#schema-${part.name}`}>
        {part.name}
      </a>
    );
  });
}
