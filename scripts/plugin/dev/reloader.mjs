import { InstanceProcess } from './instance-process.mjs';

/**
 * Has one instance run and another process ready to take its place: all that is left to do at a change is to end the one and
 * to start the other.
 */
export class Reloader {
  #environment;
  #log;
  #processes = new Set();
  #active = null;
  #spare = null;
  #changes = [];
  #work = Promise.resolve();
  #isEnding = false;
  /** What is wrong: with the sources, and with what was built of them. */
  #problems = { compiling: null, running: null };

  constructor(environment, log) {
    this.#environment = environment;
    this.#log = log;
    this.#keepSpare();
  }

  /** The first start. Answers the address. @throws Error when there is no instance even without the plugin */
  async start() {
    const { address } = await this.#next(() => this.#replace());
    return address;
  }

  /** Files that were built (paths within the package), and when. Those that come meanwhile are taken together. */
  changed(paths, writtenAt) {
    this.#changes.push({ paths, writtenAt });
    this.#next(() => this.#takeChanges()).catch((error) => this.#failed(error));
  }

  /** Null: it compiles. */
  compiled(problem) {
    if (problem !== null) this.#log(`It does not compile:\n${problem}`);
    else if (this.#problems.compiling !== null) this.#log('It compiles again.');
    this.#tell({ compiling: problem });
  }

  async end() {
    this.#isEnding = true;
    await Promise.all([...this.#processes].map((process) => process.end()));
  }

  /** One step after the other: each ends or starts what the next one meets. */
  #next(step) {
    const done = this.#work.then(step);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #takeChanges() {
    const changes = this.#changes.splice(0);
    if (changes.length === 0 || this.#isEnding) return;
    const paths = changes.flatMap((change) => change.paths);
    const writtenAt = Math.max(...changes.map((change) => change.writtenAt));
    const took = () => `${((Date.now() - writtenAt) / 1000).toFixed(2)} s after it was written`;
    if (await this.#active?.ask({ ask: 'files', paths }).catch(() => false)) {
      this.#log(`The pages have the new web part, ${took()}.`);
      return;
    }
    const { problem } = await this.#replace();
    if (problem === null) this.#log(`The server runs the new code, ${took()}.`);
  }

  /** Starts the spare process in place of the active one, unless the plugin cannot even be loaded. */
  async #replace() {
    const next = this.#takeSpare();
    const found = await next.ready.then(() => next.ask({ ask: 'try' })).catch((error) => error.message);
    if (found !== null && this.#active) {
      this.#log(`${found} What ran before goes on.`);
      this.#tell({ running: found });
      this.#keepSpare();
      await next.end();
      return { problem: found };
    }
    const last = this.#active;
    this.#active = null;
    await last?.end();
    try {
      return await this.#begin(next, true);
    } catch (error) {
      await next.end();
      return this.#goOnWithout(error.message);
    }
  }

  async #begin(next, withPlugin) {
    const started = await next.ask({ ask: 'start', withPlugin });
    this.#active = next;
    void next.gone.then((how) => this.#hasEnded(next, how));
    if (withPlugin) this.#tell({ running: started.problem });
    // Only now: loading the server takes time that the start would miss.
    this.#keepSpare();
    return started;
  }

  /** Nobody asked it to. */
  #hasEnded(instance, how) {
    if (this.#active !== instance || this.#isEnding) return;
    this.#active = null;
    this.#next(async () => {
      if (!this.#active) await this.#goOnWithout(`The plugin ended the server (${how}).`);
    }).catch((error) => this.#failed(error));
  }

  #failed({ message }) {
    if (!this.#isEnding) this.#log(message);
  }

  async #goOnWithout(problem) {
    if (this.#isEnding) throw new Error(problem);
    const next = this.#takeSpare();
    await next.ready;
    const { address } = await this.#begin(next, false);
    this.#log(`${problem} The instance runs without the plugin until it changes.`);
    this.#tell({ running: problem });
    return { address, problem };
  }

  #tell(problems) {
    Object.assign(this.#problems, problems);
    const { compiling, running } = this.#problems;
    void this.#active?.ask({ ask: 'say', problem: compiling ?? running }).catch(() => undefined);
  }

  #keepSpare() {
    if (!this.#isEnding) this.#spare ??= this.#newProcess();
  }

  #takeSpare() {
    const spare = this.#spare ?? this.#newProcess();
    this.#spare = null;
    return spare;
  }

  #newProcess() {
    const process = new InstanceProcess(this.#environment);
    this.#processes.add(process);
    void process.gone.then(() => this.#processes.delete(process));
    return process;
  }
}
