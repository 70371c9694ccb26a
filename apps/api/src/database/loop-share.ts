/** Milliseconds. A request or job asks the database some twenty times; a block of 50 ms is felt by everybody else. */
const LONGEST_TURN = 10;

/**
 * The database of a file answers without waiting, so that a chain of `await`s on it never lets the event loop go on: sixteen
 * messages that arrive together would be one block. Whoever asks it lets timers and sockets have their turn in between.
 */
export class LoopShare {
  /** When this turn of the event loop began, as far as the database knows. */
  private since: number | undefined;

  async give(): Promise<void> {
    if (this.since === undefined) {
      this.since = performance.now();
      setImmediate(() => (this.since = undefined));
    } else if (performance.now() - this.since > LONGEST_TURN) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
