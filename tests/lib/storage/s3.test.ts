import { afterAll, beforeAll, expect, it } from 'vitest';
import { s3Store } from '#lib/storage/s3.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';
import { describeObjectStore, source } from './conformance.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3.close());

function open() {
  const credentials = { accessKeyId: 'id', secretAccessKey: 's3cret' };
  return s3Store({ endpoint: s3.endpoint, region: 'us-east-1', bucket: 'bucket', ...credentials });
}

describeObjectStore('a bucket of S3', open);

it('no part of a failed upload stays behind', () => {
  expect(s3.uploads.size).toBe(0);
});

it.each([
  ['a part', 'PUT', '2'],
  ['the end', 'POST', null],
])('an upload of which %s fails for good leaves nothing', async (_, method, part) => {
  s3.failWhen = (call) =>
    call.method === method && call.query.has('uploadId') && call.query.get('partNumber') === part;
  const upload = open().putStream('faulty', source(20).bytes, 'text/plain');
  await expect(upload).rejects.toMatchObject({ code: 'unavailable' });
  s3.failWhen = () => false;
  expect([s3.uploads.size, s3.objects.has('bucket/faulty')]).toEqual([0, false]);
});

it('at most three parts are held at once, however long the stream is', async () => {
  const arrived = () => s3.partSizes.reduce((sum, size) => sum + size, 0);
  const before = arrived();
  let given = 0;
  let ahead = 0;
  async function* counted() {
    for (let chunk = 0; chunk < 48; chunk++) {
      given += 1_048_576;
      ahead = Math.max(ahead, given - (arrived() - before));
      yield new Uint8Array(1_048_576);
    }
  }
  await open().putStream('long', counted(), 'text/plain');
  expect(s3.objects.get('bucket/long')?.length).toBe(48 * 1_048_576);
  expect(ahead).toBeLessThanOrEqual(3 * 8 * 1_048_576);
});

it('a storage that cannot be reached is unavailable, and the error holds no secret', async () => {
  const options = { endpoint: 'http://127.0.0.1:1', region: 'x', bucket: 'b', accessKeyId: 'id' };
  const store = s3Store({ ...options, secretAccessKey: 'hunter2' });
  const error = await store.getStream('a').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'unavailable' });
  expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
});
