import { z } from 'zod';
import { flatten } from '#lib/exports/shape/flatten.ts';
import { transforms } from '#lib/exports/shape/registry.ts';
import type { ColumnTransform } from '#lib/exports/shape/schema.ts';
import type { Transform } from '#lib/exports/shape/transform.ts';

/** A transform as a form needs it: plain data, safe to send to a browser. */
export interface TransformInfo extends Pick<Transform, 'label' | 'description' | 'accepts'> {
  readonly name: ColumnTransform['name'];
  /** JSON Schema of an object. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Every transform of a column with its options, described from the schemas that check them. */
export function transformCatalog(): TransformInfo[] {
  return Object.entries({ ...transforms, flatten }).map(([name, transform]) => {
    const { label, description, accepts, options } = transform;
    const { $schema: _dialect, ...schema } = z.toJSONSchema(options, { io: 'input' });
    return { name: name as TransformInfo['name'], label, description, accepts, options: schema };
  });
}
