import type { Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/** Forgets what is over, from time to time while the process runs. A sweep that fails is said, and the next one comes all the same. */
export abstract class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  protected abstract readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<unknown> = Promise.resolve();

  /** Milliseconds from one sweep to the next; null when this process sweeps nothing. */
  protected abstract interval(): number | null;

  abstract sweep(): Promise<unknown>;

  onApplicationBootstrap(): void {
    const interval = this.interval();
    if (interval !== null) this.timer = setInterval(() => this.begin(), interval).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  protected begin(): void {
    this.sweeping = this.sweep().catch((error: Error) => this.logger.error(`Sweeping: ${error.stack}`));
  }
}
