import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const ticksPerSecond = () => Number(execFileSync('getconf', ['CLK_TCK']));

/** Seconds of processor time that one process has used so far, all its threads together. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

export const isInstalled = (program) => spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined;

/** Starts a program of ours in a process of its own; `ready` is the first line it writes. */
export async function startProgram(path, parameters = []) {
  const child = spawn(process.execPath, [path, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [ready] = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', (line) => resolve([line]))),
    new Promise((_, reject) => child.once('exit', () => reject(new Error(`${path} did not start`)))),
  ]);
  return { pid: child.pid, ready, stop: () => stop(child) };
}

/** Ends a process and waits until it is gone. */
export async function stop(child) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
