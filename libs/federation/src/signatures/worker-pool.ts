import { Worker } from 'node:worker_threads';
import { SignatureWorkersBusyError } from '../federation.errors.js';
import { type Answer, type Question, reviveError } from './worker-messages.js';

export interface WorkerPoolOptions {
  threads: number;
  /** Documents that wait for a thread; one more is refused. */
  maxWaiting: number;
  /** Milliseconds for one document; then its thread is ended and replaced. */
  timeLimit: number;
}

interface Job {
  question: Question;
  resolve(value: unknown): void;
  reject(error: Error): void;
  late?: NodeJS.Timeout;
}

// Threads run the build, also when tests run the sources: Node 20 cannot load TypeScript.
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/signatures/signature.worker.js' : './signature.worker.js',
  import.meta.url,
);

/** Threads that answer one question at a time each, first come first served. */
export class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor(private readonly options: WorkerPoolOptions) {}

  ask(question: Question): Promise<unknown> {
    if (this.closed) return Promise.reject(new SignatureWorkersBusyError('closed', 'shutting down'));
    if (this.waiting.length >= this.options.maxWaiting) {
      return Promise.reject(new SignatureWorkersBusyError('queue_full', 'too many documents are waiting'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.next();
    });
  }

  /** Ends the threads; what they had not finished fails. */
  async close(): Promise<void> {
    this.closed = true;
    const jobs = [...this.busy.values(), ...this.waiting.splice(0)];
    const threads = [...this.idle.splice(0), ...this.busy.keys()];
    this.busy.clear();
    for (const { reject, late } of jobs) {
      clearTimeout(late);
      reject(new SignatureWorkersBusyError('closed', 'shutting down'));
    }
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  private next(): void {
    if (this.waiting.length === 0 || this.closed) return;
    const thread = this.idle.pop() ?? (this.busy.size < this.options.threads ? this.start() : undefined);
    if (thread) this.give(thread, this.waiting.shift()!);
  }

  private start(): Worker {
    const thread = new Worker(THREAD);
    // What runs here must not keep a process alive that has nothing else to do.
    thread.unref();
    thread.on('error', (error) => this.lost(thread, error));
    thread.on('exit', (code) => this.lost(thread, new Error(`a signature thread ended with code ${code}`)));
    return thread;
  }

  private give(thread: Worker, job: Job): void {
    this.busy.set(thread, job);
    job.late = setTimeout(() => this.end(thread), this.options.timeLimit);
    thread.once('message', (answer: Answer) => {
      clearTimeout(job.late);
      if (!this.busy.delete(thread)) return;
      this.idle.push(thread);
      this.next();
      if ('error' in answer) job.reject(reviveError(answer.error));
      else job.resolve(answer.value);
    });
    thread.postMessage(job.question);
  }

  private end(thread: Worker): void {
    this.lost(thread, new SignatureWorkersBusyError('took_too_long', 'the document takes too long to check'));
    void thread.terminate();
  }

  private lost(thread: Worker, error: Error): void {
    const job = this.busy.get(thread);
    this.busy.delete(thread);
    const place = this.idle.indexOf(thread);
    if (place >= 0) this.idle.splice(place, 1);
    clearTimeout(job?.late);
    job?.reject(error);
    this.next();
  }
}
