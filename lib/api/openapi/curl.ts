import { nameOf } from './fields.ts';
import type { OperationObject } from './operation-object.ts';
import type { JsonSchema } from './schemas.ts';

interface Called {
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** A call of the operation as one would type it, the key in `$key` and ids as `<id>`. */
export function curlOf({ url, method, path, operation, schemas }: Called): string {
  const address = url + path.replaceAll(/\{(\w+)\}/g, '<$1>');
  const body = bodyOf(operation, schemas);
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} '${address}${queryOf(operation)}'`,
    operation.security.length > 0 && `-H "Authorization: Bearer $key"`,
    body !== undefined && `-H 'Content-Type: application/json'`,
    body !== undefined && `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`,
  ]
    .filter(Boolean)
    .join(' \\\n  ');
}

function queryOf({ parameters }: OperationObject): string {
  const needed = parameters.filter((each) => each.in === 'query' && each.required);
  return needed.length > 0 ? `?${needed.map(({ name }) => `${name}=<${name}>`).join('&')}` : '';
}

/** The first example of the operation's body. */
function bodyOf({ requestBody }: OperationObject, schemas: Called['schemas']): unknown {
  const schema = requestBody?.content['application/json']?.schema;
  const meant = schema?.$ref ? schemas[nameOf(schema.$ref)] : schema;
  return meant?.examples?.[0];
}
