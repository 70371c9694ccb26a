import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { PolicyVerdictEntity } from './policy-verdict.entity.js';

/** Milliseconds. */
const INTERVAL = 3600_000;

/** Forgets old verdicts: whoever follows and unfollows again and again leaves one each time. */
@Injectable()
export class VerdictSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Following');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(PolicyVerdictEntity) private readonly verdicts: Repository<PolicyVerdictEntity>,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const run = () => {
      this.sweeping = this.sweep().catch((error: Error) =>
        this.logger.error(`Old verdicts stay: ${error.stack}`),
      );
    };
    this.timer = setInterval(run, INTERVAL).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    const before = new Date(Date.now() - this.config.federation.keepVerdicts * 1000);
    await this.verdicts.delete({ createdAt: LessThan(before) });
  }
}
