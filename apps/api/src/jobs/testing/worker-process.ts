import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Compiled: `npm test` builds before it tests. */
const MAIN = fileURLToPath(new URL('../../../dist/jobs/testing/worker-main.js', import.meta.url));
const LIMIT = 60_000;

/** A worker in a process of its own, which tests kill. */
export class WorkerProcess {
  private readonly said: string[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly gone: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'exit').then(() => this.listeners.forEach((listener) => listener()));
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.said.push(line);
        this.listeners.forEach((listener) => listener());
      });
    }
  }

  /** Resolves when it works. */
  static async start(environment: Record<string, string>): Promise<WorkerProcess> {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    const worker = new WorkerProcess(
      spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    await worker.says('ready');
    return worker;
  }

  /** Resolves when it has printed this line. */
  async says(line: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) =>
        reject(new Error(`the worker ${why} before it said "${line}":\n${this.said.join('\n')}`));
      const timer = setTimeout(() => fail(`took ${LIMIT} ms`), LIMIT);
      const check = () => {
        if (this.said.includes(line)) resolve();
        else if (this.child.exitCode !== null || this.child.signalCode !== null) fail('ended');
        else return;
        clearTimeout(timer);
        this.listeners.delete(check);
      };
      this.listeners.add(check);
      check();
    });
  }

  /** `kill -9`, no time to clean up. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }
}
