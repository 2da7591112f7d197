import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  getStream,
  listObjects,
  putObject,
  putStream,
  removeObjects,
  signUpload,
} from '#lib/storage/objects.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
  const nowhere = 'postgres://nobody@127.0.0.1:1/none';
  useEnvironment(
    { url: nowhere, serviceUrl: nowhere },
    {
      ARTIFACT_S3_ENDPOINT: s3.endpoint,
      ARTIFACT_S3_ACCESS_KEY_ID: 'id',
      ARTIFACT_S3_SECRET_ACCESS_KEY: 'secret',
      STORAGE_BUCKET: 'artifacts',
    },
  );
});
afterAll(() => s3.close());

it('objects go where the environment says', async () => {
  await putObject('a/1', Buffer.from('one'), 'text/plain');
  async function* two() {
    yield Buffer.from('two');
  }
  await putStream('a/2', two(), 'text/plain', { signal: new AbortController().signal });
  expect([...s3.objects.keys()]).toEqual(['artifacts/a/1', 'artifacts/a/2']);
  expect((await buffer(await getStream('a/2'))).toString()).toBe('two');
  expect(await listObjects('a/')).toEqual(['a/1', 'a/2']);
  await removeObjects(['a/1', 'a/2']);
  expect(s3.objects.size).toBe(0);
  expect((await signUpload('a/3')).url).toContain(`${s3.endpoint}/artifacts/a/3?`);
});
