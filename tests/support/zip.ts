import { crc32, deflateRawSync } from 'node:zlib';

interface ZipOptions {
  /** Deflated where nothing is said. */
  readonly method?: 'stored' | 'deflated';
  /** Sizes and offsets in the 64-bit fields, as some writers always put them. */
  readonly zip64?: boolean;
}

const ELSEWHERE = 0xffffffff;

/** A ZIP archive of these files, in this order. */
export function zip(
  files: Readonly<Record<string, string | Uint8Array>>,
  { method = 'deflated', zip64 = false }: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const packed = method === 'stored' ? plain : deflateRawSync(plain);
    const common = header(method === 'stored' ? 0 : 8, crc32(plain));
    const local = [u32(0x04034b50), common, u32(packed.length, plain.length), u16(name.length, 0)];
    const sizes = zip64 ? u32(ELSEWHERE, ELSEWHERE) : u32(packed.length, plain.length);
    const extra = zip64 ? Buffer.concat([u16(1, 24), u64(plain.length, packed.length, offset)]) : u16();
    const entry = [u32(0x02014b50), u16(45), common, sizes, u16(name.length, extra.length, 0, 0, 0), u32(0)];
    directory.push(...entry, u32(zip64 ? ELSEWHERE : offset), Buffer.from(name), extra);
    const part = Buffer.concat([...local, Buffer.from(name), packed]);
    parts.push(part);
    offset += part.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...parts, listed, end(Object.keys(files).length, listed.length, offset, zip64)]);
}

function header(method: number, checksum: number): Buffer {
  return Buffer.concat([u16(45, 0, method), u32(0, checksum)]);
}

function end(count: number, bytes: number, offset: number, zip64: boolean): Buffer {
  const place = zip64 ? u32(ELSEWHERE, ELSEWHERE) : u32(bytes, offset);
  const last = Buffer.concat([u32(0x06054b50), u16(0, 0, count, count), place, u16(0)]);
  if (!zip64) return last;
  const record = [u32(0x06064b50), u64(44), u16(45, 45), u32(0, 0), u64(count, count, bytes, offset)];
  const locator = [u32(0x07064b50, 0), u64(offset + bytes), u32(1)];
  return Buffer.concat([...record, ...locator, last]);
}

function u16(...values: number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer);
}

function u32(...values: number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}

function u64(...values: number[]): Buffer {
  return Buffer.from(BigUint64Array.from(values.map(BigInt)).buffer);
}
