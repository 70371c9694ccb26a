import { readdir, readFile } from 'node:fs/promises';

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
