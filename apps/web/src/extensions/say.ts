/** Tells whoever looks after a plugin what the pages left out: nobody else is to be bothered with it. */
export function say(plugin: string, text: string, error?: unknown): void {
  // eslint-disable-next-line no-console -- the console is where authors of plugins look
  console.warn(`Plugin ${plugin}: ${text}.`, ...(error === undefined ? [] : [error]));
}
