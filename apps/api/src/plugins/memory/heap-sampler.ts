import { type HeapProfiler, Session } from 'node:inspector/promises';

export type SampledNode = HeapProfiler.SamplingHeapProfileNode;

/**
 * V8's sampling heap profiler: of what was allocated since it began and is still in use, how much by which calls.
 * https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-startSampling
 */
export class HeapSampler {
  private readonly session = new Session();
  private started = false;

  /** `everyBytes`: a sample is taken once in so many allocated bytes. */
  constructor(private readonly everyBytes: number) {}

  /** In effect when it returns: a session of one's own thread answers before its promise does. */
  start(): void {
    this.started = true;
    this.session.connect();
    void this.begin();
  }

  get isSampling(): boolean {
    return this.started;
  }

  /** The tree of calls. Collects garbage first, which stops the process for as long as that takes. */
  async read(): Promise<SampledNode> {
    try {
      return await this.profile();
    } catch {
      // There is one profiler in a process: another instance in this one has ended it.
      await this.begin();
      return this.profile();
    }
  }

  stop(): void {
    this.started = false;
    this.session.disconnect();
  }

  private begin(): Promise<void> {
    return this.session.post('HeapProfiler.startSampling', { samplingInterval: this.everyBytes });
  }

  private async profile(): Promise<SampledNode> {
    return (await this.session.post('HeapProfiler.getSamplingProfile')).profile.head;
  }
}
