import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.js';
import { TokensService } from './tokens.service.js';

/** Forgets ended tokens at the start and from time to time, so that the table does not grow with every refresh. */
@Injectable()
export class TokenSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Tokens');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly tokens: TokensService,
  ) {}

  onApplicationBootstrap(): void {
    const sweep = () => {
      this.sweeping = this.tokens
        .removeExpired()
        .catch((error: Error) => this.logger.error(`Ended tokens stay: ${error.stack}`));
    };
    sweep();
    this.timer = setInterval(sweep, this.config.auth.sweepInterval * 1000).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }
}
