import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endProcess } from './end-process.mjs';

const MAIN = fileURLToPath(new URL('../../../apps/api/dist/plugins/development/main.js', import.meta.url));

/** A process that has loaded the server and is asked for the rest (apps/api/src/plugins/development/main.ts). */
export class InstanceProcess {
  #child;
  #last = 0;
  #waiting = new Map();
  #isStarted = false;
  /** Resolves when it has loaded the server. */
  ready;
  /** Resolves when it is gone, with how it ended. */
  gone;

  constructor(environment) {
    // In a group of its own: Ctrl+C is for the command, which ends it in order.
    this.#child = fork(MAIN, { env: environment, detached: process.platform !== 'win32' });
    this.ready = this.#answerTo(0);
    this.#child.on('message', ({ id, value, error }) => {
      const { done, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) done(value);
      else reject(new Error(error));
    });
    this.gone = new Promise((done) => this.#child.on('exit', (code, signal) => done(`${code ?? signal}`)));
    void this.gone.then((how) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`The process of the instance ended (${how}).`));
    });
    this.ready.catch(() => undefined);
  }

  /** @throws Error saying what went wrong, or that it ended meanwhile */
  ask(request) {
    this.#isStarted ||= request.ask === 'start';
    const id = ++this.#last;
    const answer = this.#answerTo(id);
    this.#child.send({ id, ...request }, (error) => error && this.#waiting.get(id)?.reject(error));
    return answer;
  }

  end() {
    // One that has only loaded the server has nothing to bring to an end.
    if (!this.#isStarted) return endProcess(this.#child);
    return endProcess(this.#child, () => this.ask({ ask: 'end' }).catch(() => undefined));
  }

  #answerTo(id) {
    return new Promise((done, reject) => this.#waiting.set(id, { done, reject }));
  }
}
