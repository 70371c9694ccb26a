import { setTimeout as after } from 'node:timers/promises';

const POLL = 10;

/** Resolves when `check` is true (asked again every 10 ms); fails after `limit` milliseconds, saying what was awaited. */
export async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  limit = 300_000,
): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`waited ${limit} ms in vain until ${what}`);
    await after(POLL);
  }
}

/** Something that a test opens and that others wait for. */
export class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
