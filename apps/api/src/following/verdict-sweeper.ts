import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { Sweeper } from '../shared/sweeper.js';
import { PolicyVerdictEntity } from './policy-verdict.entity.js';

/** Milliseconds. */
const INTERVAL = 3600_000;

/** Forgets old verdicts: whoever follows and unfollows again and again leaves one each time. */
@Injectable()
export class VerdictSweeper extends Sweeper {
  protected readonly logger = new Logger('Following');

  constructor(
    @InjectRepository(PolicyVerdictEntity) private readonly verdicts: Repository<PolicyVerdictEntity>,
    private readonly config: Config,
  ) {
    super();
  }

  protected interval(): number {
    return INTERVAL;
  }

  async sweep(): Promise<void> {
    const before = new Date(Date.now() - this.config.federation.keepVerdicts * 1000);
    await this.verdicts.delete({ createdAt: LessThan(before) });
  }
}
