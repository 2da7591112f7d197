import { describe, expect, it } from 'vitest';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { serve } from '#tests/support/servers.ts';
import { workbookOf } from '#tests/support/workbook.ts';
import { bodyOf, readAll } from './reading.ts';

const bodies: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  csv: ['id\n1\n', 'id\n1\n2\n'],
  excel: [workbookOf([['id'], [1]]), workbookOf([['id'], [1], [2]])],
  json: ['[{"id":1}]', '[{"id":1},{"id":2}]'],
};

/** A server of one file, which a test replaces; it answers 304 to whoever has it already. */
async function fileServer(first: string | Buffer, validators: () => Record<string, string>) {
  const file = { body: first, answers: [] as number[] };
  const server = await serve((request, response) => {
    const own = validators();
    const isKnown =
      (own.etag !== undefined && request.headers['if-none-match'] === own.etag) ||
      (own['last-modified'] !== undefined && request.headers['if-modified-since'] === own['last-modified']);
    file.answers.push(isKnown ? 304 : 200);
    response.writeHead(isKnown ? 304 : 200, own).end(isKnown ? undefined : file.body);
  });
  return { ...server, file };
}

const long = { date: 'Mon, 09 Mar 2026 12:00:00 GMT', 'last-modified': 'Mon, 02 Mar 2026 12:00:00 GMT' };

describe.each(connectorDefinitions.map(({ id }) => id))('%s', (id) => {
  const [before = '', after = ''] = bodies[id] ?? [];

  it.each([
    ['an ETag', (version: number) => ({ etag: `W/"v${version}"` })],
    [
      'a time of change',
      (version: number) => ({ ...long, 'last-modified': `Mon, 0${version + 2} Mar 2026 12:00:00 GMT` }),
    ],
  ])('is read again only where %s says that it has changed', async (_name, validators) => {
    let version = 0;
    const { url, file } = await fileServer(before, () => ({ ...long, ...validators(version) }));
    const first = await readAll(id, { url }, bodyOf([]));
    const bookmark = first.pages.at(-1)?.bookmark;
    expect(bookmark).toBeDefined();
    expect(JSON.stringify(bookmark).length).toBeLessThan(200);

    const second = await readAll(id, { url }, bodyOf([]), { since: bookmark });
    expect(second.pages).toEqual([{ rows: [], cursor: { records: 0 }, bookmark }]);

    version += 1;
    file.body = after;
    const third = await readAll(id, { url }, bodyOf([]), { since: bookmark });
    expect(third.rows).toHaveLength(2);
    expect(third.pages.at(-1)).toMatchObject({ complete: true, bookmark: expect.anything() });
    expect(third.pages.at(-1)?.bookmark).not.toEqual(bookmark);
    expect(file.answers).toEqual([200, 304, 200]);
  });

  it('is read whole where the server says nothing, or where it may change within the second', async () => {
    const hasty = { date: long.date, 'last-modified': long.date };
    for (const validators of [{}, hasty, { 'last-modified': long['last-modified'], date: '' }]) {
      const { url } = await fileServer(before, () => validators as Record<string, string>);
      expect((await readAll(id, { url }, bodyOf([]))).pages.at(-1)).not.toHaveProperty('bookmark');
    }
  });

  it('is read whole at another address, in the middle of a pass, and where it was uploaded', async () => {
    const { url, file } = await fileServer(before, () => ({ etag: '"v1"' }));
    const since = (await readAll(id, { url }, bodyOf([]))).pages.at(-1)?.bookmark;
    await readAll(id, { url: `${url}/other` }, bodyOf([]), { since });
    await readAll(id, { url }, bodyOf([]), { since, cursor: { records: 1 } });
    expect(file.answers).toEqual([200, 200, 200]);
    const uploaded = await readAll(id, { upload: 'file' }, bodyOf([before]), { since });
    expect(uploaded.pages).toMatchObject([{ complete: true }]);
  });
});
