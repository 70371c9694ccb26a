/** Bytes of the buffers that are handed out when the large ones are all in use. */
export const SMALL_BUFFER = 64 * 1024;
const KEPT_SMALL = 64;

/**
 * Buffers that are used again. Large ones are limited in number, small ones take their place: many slow readers then
 * cost 64 KiB each.
 */
export class BufferPool {
  private readonly large: Buffer[] = [];
  private readonly small: Buffer[] = [];
  private largeInUse = 0;

  /** `largeSize` in bytes. */
  constructor(
    private readonly largeSize: number,
    private readonly maxLarge: number,
  ) {
    if (largeSize <= SMALL_BUFFER) throw new RangeError(`large buffers have more than ${SMALL_BUFFER} bytes`);
  }

  /** For `wanted` bytes, or as many of them as there is room for. */
  take(wanted: number): Buffer {
    if (wanted <= SMALL_BUFFER || this.largeInUse >= this.maxLarge)
      return this.small.pop() ?? Buffer.allocUnsafeSlow(SMALL_BUFFER);
    this.largeInUse += 1;
    return this.large.pop() ?? Buffer.allocUnsafeSlow(this.largeSize);
  }

  /** `reusable` is false when something may still write into or read from it: then it is left to the collector. */
  give(buffer: Buffer, reusable = true): void {
    if (buffer.length === SMALL_BUFFER) {
      if (reusable && this.small.length < KEPT_SMALL) this.small.push(buffer);
      return;
    }
    this.largeInUse -= 1;
    if (reusable) this.large.push(buffer);
  }
}
