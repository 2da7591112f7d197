import { BufferType, Data, Field, List, Utf8 } from 'apache-arrow';
import { Bits, Words } from './buffers.ts';
import { texts, type Values } from './values.ts';

/** Lists of text, from JSON arrays of plain values: a number as it is written there, all its digits kept. */
export function lists(): Values {
  const type = new List(new Field('element', new Utf8(), true));
  const elements = texts();
  const present = new Bits();
  const ends = new Words();
  const end = () => {
    const at = ends.length;
    ends.add(1)[at] = present.length;
  };
  const push = (element: string | null) => {
    present.push(element !== null);
    if (element === null) elements.skip();
    else elements.push(element);
  };
  end();
  return {
    type,
    push(cell) {
      const list = plainValuesOf(cell);
      for (const element of list ?? []) push(element);
      end();
      return list !== undefined;
    },
    skip: end,
    size: () => elements.size() + (present.length + ends.length) * Int32Array.BYTES_PER_ELEMENT,
    data({ length, nullCount, nullBitmap }) {
      const child = elements.data({
        length: present.length,
        nullCount: present.unset,
        nullBitmap: present.view(),
      });
      return new Data(
        type,
        0,
        length,
        nullCount,
        { [BufferType.OFFSET]: ends.view(), [BufferType.VALIDITY]: nullBitmap },
        [child],
      );
    },
    clear() {
      elements.clear();
      present.clear();
      ends.clear();
      end();
    },
  };
}

/** The values of a JSON array, each as text; undefined where the JSON is something else, or holds more than values. */
function plainValuesOf(json: string): (string | null)[] | undefined {
  const values: unknown = JSON.parse(json, asWritten);
  return Array.isArray(values) && values.every(isText) ? values : undefined;
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function asWritten(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? source : value;
}
