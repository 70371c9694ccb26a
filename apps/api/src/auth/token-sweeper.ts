import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Sweeper } from '../shared/sweeper.js';
import { TokensService } from './tokens.service.js';

/** Forgets ended tokens at the start and from time to time, so that the table does not grow with every refresh. */
@Injectable()
export class TokenSweeper extends Sweeper {
  protected readonly logger = new Logger('Tokens');

  constructor(
    private readonly config: Config,
    private readonly tokens: TokensService,
  ) {
    super();
  }

  override onApplicationBootstrap(): void {
    this.begin();
    super.onApplicationBootstrap();
  }

  sweep(): Promise<void> {
    return this.tokens.removeExpired();
  }

  protected interval(): number {
    return this.config.auth.sweepInterval * 1000;
  }
}
