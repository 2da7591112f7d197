import { shownValue } from './change-words.ts';
import classes from './changed-fields.module.css';

interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface ChangedFieldsProps {
  readonly fields: readonly FieldChange[];
  /** Of a new row: there was nothing before. */
  readonly isNew?: boolean;
}

/** What became of each field: before and after. */
export function ChangedFields({ fields, isNew = false }: ChangedFieldsProps) {
  if (fields.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {!isNew && (
              <>
                <del>{shownValue(before)}</del> <span aria-hidden>→</span>{' '}
              </>
            )}
            <ins>{shownValue(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
