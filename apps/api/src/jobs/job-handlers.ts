import type { JobHandler, JobKind } from './job-queue.js';

export interface RegisteredHandler {
  kind: JobKind<unknown>;
  handler: JobHandler<unknown>;
}

/** The one handler of each kind in this process. */
export class JobHandlers {
  private readonly handlers = new Map<string, RegisteredHandler>();

  /** @throws Error when the kind has a handler already. */
  register<Payload>(kind: JobKind<Payload>, handler: JobHandler<Payload>): void {
    if (this.handlers.has(kind.name)) {
      throw new Error(
        `The job kind ${kind.name} has two handlers; remove one of the queue.process(...) calls.`,
      );
    }
    this.handlers.set(kind.name, { kind, handler: handler as JobHandler<unknown> });
  }

  get(kind: string): RegisteredHandler | undefined {
    return this.handlers.get(kind);
  }

  kinds(): JobKind<unknown>[] {
    return [...this.handlers.values()].map(({ kind }) => kind);
  }

  names(): string[] {
    return [...this.handlers.keys()];
  }
}
