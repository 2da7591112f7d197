import { z } from 'zod';

/** Where a file lies: at a URL, or uploaded. Shared by the connectors that read one file. */
export const fileLocation = {
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine((url) => !hasUserInfo(url), 'must not hold a user or password: enter them as credentials')
    .optional()
    .meta({ title: 'Address', description: 'Where the file is fetched from.' }),
  upload: z
    .string()
    .min(1)
    .optional()
    .meta({ title: 'Uploaded file', description: 'The id of a file uploaded before.' }),
  compression: z
    .enum(['none', 'gzip'])
    .optional()
    .meta({ title: 'Compression', description: 'Recognised by its first bytes where absent.' }),
};

export interface FileLocation {
  readonly url?: string | undefined;
  readonly upload?: string | undefined;
  readonly compression?: 'none' | 'gzip' | undefined;
}

/** Of an address and an uploaded file, exactly one. */
export function hasOneLocation(location: FileLocation): boolean {
  return (location.url === undefined) !== (location.upload === undefined);
}

/** The host that serves the file; empty for an upload, which nobody is asked for. */
export function fileHost({ url }: FileLocation): string {
  return URL.parse(url ?? '')?.host ?? '';
}

export const oneLocation = { path: ['url'], error: 'give either an address or an uploaded file' };

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a header name')
  .meta({ title: 'Header', examples: ['x-api-key'] });
const secretText = z
  .string()
  .min(1)
  .regex(/^[^\r\n]*$/, 'must be one line');
const secret = (title: string) => secretText.meta({ title, secret: true });

/** How a request proves who asks; `headers` for whatever the others do not cover. */
export const fileCredentials = z
  .union([
    z.strictObject({ bearer: secret('Token') }).meta({ title: 'Bearer token' }),
    z
      .strictObject({
        apiKey: z
          .union([
            z.strictObject({ header: headerName, value: secret('Key') }).meta({ title: 'In a header' }),
            z
              .strictObject({ query: z.string().min(1).meta({ title: 'Parameter' }), value: secret('Key') })
              .meta({ title: 'In the address' }),
          ])
          .meta({ title: 'Where the key goes' }),
      })
      .meta({ title: 'API key' }),
    z
      .strictObject({
        basic: z.strictObject({ user: z.string().meta({ title: 'User' }), password: secret('Password') }),
      })
      .meta({ title: 'User and password' }),
    z
      .strictObject({ headers: z.record(headerName, secret('Value')).meta({ title: 'Headers' }) })
      .meta({ title: 'Headers' }),
  ])
  .meta({ title: 'Credentials' });

export type FileCredentials = z.infer<typeof fileCredentials>;

function hasUserInfo(url: string): boolean {
  const address = URL.parse(url);
  return address !== null && (address.username !== '' || address.password !== '');
}
