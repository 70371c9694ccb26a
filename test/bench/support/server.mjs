import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MIB = 1024;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'vidiverse-bench-'));

/** MiB of resident memory of one process, as the kernel counts it. */
export const residentMemory = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / MIB;

/** Starts the built server; answers when it first answers, with the milliseconds from exec until then. */
export async function startServer({
  data = temporaryFolder(),
  environment = {},
  probe = '/api/v1/videos',
} = {}) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, ['apps/api/dist/bundle/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      VIDIVERSE_DATA: data,
      VIDIVERSE_LISTEN: `127.0.0.1:${port}`,
      VIDIVERSE_ADMIN_PASSWORD: 'benchmark password',
      VIDIVERSE_LOG_LEVEL: 'error',
      // A load generator is one address.
      VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000000',
      ...environment,
    },
  });
  while (
    !(await fetch(base + probe).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    await pause(5);
  }
  const startMs = performance.now() - begun;
  return {
    base,
    data,
    pid: child.pid,
    startMs,
    async stop({ keepData = false } = {}) {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await closed;
      if (!keepData) rmSync(data, { recursive: true, force: true });
    },
  };
}
