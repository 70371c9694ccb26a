import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { underLimits } from './limited-command.js';

const MIB = 1024 * 1024;
const LIMITS = { memory: 4096 * MIB, cpuSeconds: 60, fileSize: MIB };
const AS_SIGNAL = 128;
const [SIGXFSZ, SIGKILL] = [25, 9];

describe('a command under limits', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vidiverse-limits-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (script: string, parameters: string[] = [], limits = {}): ChildProcess => {
    const [file, all] = underLimits('/bin/sh', ['-c', script, 'sh', ...parameters], { ...LIMITS, ...limits });
    return spawn(file, all, { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  };
  const exitCode = async (child: ChildProcess) => (await once(child, 'exit'))[0] as number | null;

  test('gets its parameters as they are and ends with its own code', async () => {
    const child = start('printf "%s|" "$@"; exit 7', ['a b', '$(id)', "'", '-n', '']);
    let said = '';
    child.stdout!.on('data', (text) => (said += String(text)));
    expect(await exitCode(child)).toBe(7);
    expect(said).toBe("a b|$(id)|'|-n||");
  });

  test('reads nothing', async () => {
    expect(await exitCode(start('read -r line && exit 1; exit 5'))).toBe(5);
  });

  test('writes no file larger than the limit', async () => {
    expect(await exitCode(start('exec head -c 3000000 /dev/zero > large'))).toBe(AS_SIGNAL + SIGXFSZ);
    expect((await stat(join(folder, 'large'))).size).toBe(MIB);
  });

  test('gets no more memory than the limit', async () => {
    const script = 'exec "$0" -e "Buffer.alloc(2 ** 31, 1)"'.replace('$0', process.execPath);
    expect(await exitCode(start(script, [], { memory: 300 * MIB }))).not.toBe(0);
  });

  test('computes no longer than the limit', async () => {
    const code = await exitCode(start('while :; do :; done', [], { cpuSeconds: 1 }));
    expect(code === null || code > AS_SIGNAL).toBe(true);
  });

  test('and all it started ends when the process that holds its pipe does', async () => {
    const child = start('sleep 600 & echo $! > pids; echo $$ >> pids; wait');
    const exit = once(child, 'exit');
    const pids = () =>
      readFile(join(folder, 'pids'), 'utf8').then((text) => text.trim().split('\n').map(Number));
    while ((await pids().catch(() => [])).length < 2) await pause(20);
    // As the system does it for a process that is killed.
    child.stdin!.destroy();
    const [code, signal] = (await exit) as [number | null, string | null];
    expect(signal ?? code).toBe(signal ? 'SIGKILL' : AS_SIGNAL + SIGKILL);
    const isThere = (pid: number) =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        (text) => !/\) Z /.test(text),
        () => false,
      );
    for (const pid of await pids()) while (await isThere(pid)) await pause(20);
  });

  test('runs bare where there is no POSIX shell', () => {
    expect(underLimits('ffmpeg', ['-i', 'x'], LIMITS, 'win32')).toEqual(['ffmpeg', ['-i', 'x']]);
  });
});
