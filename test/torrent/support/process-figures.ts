import { test } from '@jest/globals';
import { readdir, readFile, readlink } from 'node:fs/promises';

/** A test that looks into another process by `/proc`: named as skipped where there is none. */
export function testOnLinux(name: string, body: () => Promise<void>, timeoutMs?: number): void {
  (process.platform === 'linux' ? test : test.skip)(name, body, timeoutMs);
}

/** MiB of resident memory. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

/** What the open descriptors of a process point to: paths, and `socket:[n]`. */
export async function openDescriptors(pid: number): Promise<string[]> {
  const numbers = await readdir(`/proc/${pid}/fd`);
  return Promise.all(numbers.map((number) => readlink(`/proc/${pid}/fd/${number}`).catch(() => 'closed')));
}

/** How many of the connections from these local ports the process holds open (IPv4). */
export async function openConnections(pid: number, ports: number[]): Promise<number> {
  const from = new Set(ports);
  const [, ...lines] = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n');
  const sockets = lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote]) => from.has(parseInt(remote!.split(':')[1]!, 16)))
    .map((fields) => `socket:[${fields[9]}]`);
  const open = new Set(await openDescriptors(pid));
  return sockets.filter((socket) => open.has(socket)).length;
}
