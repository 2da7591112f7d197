import type { Paper } from './paper.ts';

/** An object of the file, which is written when it ends. */
export interface Reference<T extends object> {
  readonly data: T;
  end(stream?: Uint8Array): void;
}

/** An inner node of the tree of pages: clause 7.7.3.2 of ISO 32000-1. */
export interface PagesNode {
  Count: number;
  Kids: unknown[];
  /** For all pages below it. */
  Resources?: object;
}

/** Where new objects of the file come from. */
interface References {
  ref<T extends object>(data: T): Reference<T>;
}

export interface PageTree {
  /** Writes a page that shows what the deflated operators draw. */
  add(paper: Pick<Paper, 'width' | 'height'>, content: Uint8Array): void;
  /** Writes what is left of the tree but its root. */
  end(): void;
}

const PAGES_A_NODE = 100;

/** The pages below `root`, in order. It holds at most a hundred of them; for those before, one node a hundred. */
export function pageTree(file: References, root: Reference<PagesNode>): PageTree {
  let node: Reference<PagesNode> | undefined;

  function openNode(): Reference<PagesNode> {
    const opened = file.ref({ Type: 'Pages', Parent: root, Count: 0, Kids: [] });
    root.data.Kids.push(opened);
    return opened;
  }

  function end(): void {
    if (!node) return;
    node.end();
    node.data.Kids = [];
    node = undefined;
  }

  return {
    add({ width, height }, content) {
      node ??= openNode();
      const contents = file.ref({ Filter: 'FlateDecode' });
      contents.end(content);
      const page = file.ref({
        Type: 'Page',
        Parent: node,
        MediaBox: [0, 0, width, height],
        Contents: contents,
      });
      page.end();
      node.data.Kids.push(page);
      node.data.Count += 1;
      root.data.Count += 1;
      if (node.data.Count === PAGES_A_NODE) end();
    },
    end,
  };
}
