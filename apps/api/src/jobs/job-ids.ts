import { randomBytes } from 'node:crypto';

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** Makes ids that sort in the order they were made: 12 hex digits of milliseconds, 4 of a counter, 16 random ones. */
export class JobIds {
  private last = 0;
  private counter = 0;

  next(): string {
    const now = Date.now();
    this.counter = now > this.last ? 0 : this.counter + 1;
    this.last = Math.max(now, this.last);
    const order = hex(this.last, 12) + hex(Math.min(this.counter, 0xffff), 4);
    return order + randomBytes(8).toString('hex');
  }
}
