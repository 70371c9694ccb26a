import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestFailedError } from '../../support/http-client.js';

/** What something is, in words; null when it is not there. */
export type Value = string | null;

/** `subject`: what is changed, such as `video 7`. `value`: what it is when that was done. */
export interface Change {
  kind: string;
  subject: string;
  value: Value;
}

type Answer = 'done' | 'refused' | 'unknown';

/** The server was not there: nothing was sent. */
const isUnsent = (error: unknown) =>
  ((error as Error).cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';

/**
 * What a driver was answered, kept outside of the system that is killed. What was answered 2xx is done, what was refused is
 * not; of what got no answer nobody knows, and both outcomes are right.
 */
export class Ledger {
  /** JSON lines. */
  readonly path = join(mkdtempSync(join(tmpdir(), 'vidiverse-ledger-')), 'ledger.jsonl');
  readonly counts = new Map<string, Record<Answer, number>>();
  private readonly values = new Map<string, Set<Value>>();

  get done(): number {
    return [...this.counts.values()].reduce((sum, { done }) => sum + done, 0);
  }

  /** The answer of `request`; null when there was none, or a refusal. */
  async note<T>(change: Change, request: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await request();
      this.write(change, 'done');
      return answer;
    } catch (error) {
      if (isUnsent(error)) return null;
      const isRefusal = error instanceof RequestFailedError && error.status < 500;
      this.write(change, isRefusal ? 'refused' : 'unknown', (error as Error).message);
      return null;
    }
  }

  /** What it may be; undefined for what was never noted. */
  possible(subject: string): ReadonlySet<Value> | undefined {
    return this.values.get(subject);
  }

  subjects(): string[] {
    return [...this.values.keys()];
  }

  private write({ kind, subject, value }: Change, answer: Answer, reason?: string): void {
    const line = { at: new Date().toISOString(), kind, subject, value, answer, reason };
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    const counts = this.counts.get(kind) ?? { done: 0, refused: 0, unknown: 0 };
    this.counts.set(kind, { ...counts, [answer]: counts[answer] + 1 });
    const before = this.values.get(subject) ?? new Set([null]);
    if (answer === 'done') this.values.set(subject, new Set([value]));
    if (answer === 'unknown') this.values.set(subject, new Set([...before, value]));
  }
}
