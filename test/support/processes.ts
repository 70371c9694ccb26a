import { readdir, readFile } from 'node:fs/promises';

/** Ids of the processes that `parent` has started and that have not ended (Linux: /proc). */
export async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    if (new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status)) found.push(Number(id));
  }
  return found;
}

/** Whether it has ended; one that nobody has asked how it ended counts as such. */
export async function isGone(id: number): Promise<boolean> {
  return (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')) === '';
}

/** Command lines of the processes that mention `text` and have not ended (Linux: /proc). */
export async function processesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(text)) found.push(command.replaceAll('\0', ' '));
  }
  return found;
}
