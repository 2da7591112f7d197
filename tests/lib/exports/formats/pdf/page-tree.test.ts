import { expect, it } from 'vitest';
import { type PagesNode, pageTree, type Reference } from '#lib/exports/formats/pdf/page-tree.ts';

it('holds no page that is written, but a node for each hundred', () => {
  const file = { ref: <T extends object>(data: T): Reference<T> => ({ data, end: () => undefined }) };
  const root = file.ref<PagesNode>({ Count: 0, Kids: [] });
  const pages = pageTree(file, root);
  for (let page = 0; page < 1_050; page += 1) pages.add({ width: 595, height: 842 }, Buffer.from('deflated'));
  pages.end();
  expect(root.data.Count).toBe(1_050);
  expect(root.data.Kids.map((node) => (node as Reference<PagesNode>).data)).toEqual(
    Array.from({ length: 11 }, (_, place) =>
      expect.objectContaining({ Count: place < 10 ? 100 : 50, Kids: [] }),
    ),
  );
});
