import { fieldRows, typeText } from '#lib/api/openapi/fields.ts';
import type { JsonSchema } from '#lib/api/openapi/schemas.ts';
import { FieldsTable, TypeWords } from './fields-table.tsx';

interface SchemaProps {
  readonly caption: string;
  readonly schema: JsonSchema;
}

/** A schema as its type in words where it is more than one object, and its fields. */
export function Schema({ caption, schema }: SchemaProps) {
  const rows = fieldRows(schema);
  return (
    <>
      {!schema.properties && (
        <p>
          {rows.length === 0 && `${caption}: `}
          <TypeWords type={typeText(schema)} />
        </p>
      )}
      {rows.length > 0 && <FieldsTable caption={caption} rows={rows} />}
    </>
  );
}
