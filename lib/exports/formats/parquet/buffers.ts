const FIRST_SIZE = 1_024;

/** A bit for each row, the first the lowest of its byte. */
export class Bits {
  #bytes = new Uint8Array(FIRST_SIZE);
  length = 0;
  /** How many of them are not set. */
  unset = 0;

  push(set: boolean): void {
    const at = this.length >> 3;
    if (at === this.#bytes.length) {
      const full = this.#bytes;
      this.#bytes = new Uint8Array(full.length * 2);
      this.#bytes.set(full);
    }
    const mask = 1 << (this.length & 7);
    const byte = this.#bytes[at] as number;
    this.#bytes[at] = set ? byte | mask : byte & ~mask;
    if (!set) this.unset += 1;
    this.length += 1;
  }

  /** A view of them, good until the next is pushed. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, (this.length + 7) >> 3);
  }

  clear(): void {
    this.length = 0;
    this.unset = 0;
  }
}

/** Whole numbers of 32 bits. */
export class Words {
  #words = new Int32Array(FIRST_SIZE);
  length = 0;

  /** Adds so many that the caller writes: where they are, from `at` on, until the next are added. */
  add(count: number): Int32Array {
    this.length += count;
    if (this.length > this.#words.length) {
      const full = this.#words;
      this.#words = new Int32Array(Math.max(this.length, full.length * 2));
      this.#words.set(full);
    }
    return this.#words;
  }

  /** A view of them, good until more are added. */
  view(): Int32Array {
    return this.#words.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** Texts in UTF-8, end to end. */
export class Utf8 {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  length = 0;

  push(text: string): void {
    // No character takes more than three bytes for each of its units.
    const most = this.length + text.length * 3;
    if (most > this.#bytes.length) {
      const full = this.#bytes;
      this.#bytes = Buffer.allocUnsafe(Math.max(most, full.length * 2));
      full.copy(this.#bytes, 0, 0, this.length);
    }
    this.length += this.#bytes.write(text, this.length);
  }

  /** A view of them, good until the next is pushed. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
