import { Injectable, Logger } from '@nestjs/common';
import { DataSource, Not } from 'typeorm';
import { Config } from '../config/config.js';
import { inTransaction } from '../database/in-transaction.js';
import { FileTorrents, NoTorrentError } from './file-torrents.service.js';
import { healthAfterFailure, healthAfterSuccess, type SeedHealth } from './seed-health.js';
import { SeedChecker, SeedFaultError } from './seed-checker.service.js';
import { SeedTeller } from './seed-teller.service.js';
import { WebSeedEntity } from './web-seed.entity.js';

/** Looks at one seed, and notes what came of it. */
@Injectable()
export class SeedChecks {
  private readonly logger = new Logger('Seeds');

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly torrents: FileTorrents,
    private readonly checker: SeedChecker,
    private readonly teller: SeedTeller,
  ) {}

  /** `piece`: one that is looked at among others. Nothing, when it is gone, over or dropped. */
  async run(seedId: number, piece: number | null, signal: AbortSignal): Promise<void> {
    const seed = await this.dataSource
      .getRepository(WebSeedEntity)
      .findOne({ where: { id: seedId }, relations: { file: { video: true } } });
    if (!seed || seed.state === 'dropped') return;
    if (seed.expiresAt !== null && seed.expiresAt <= new Date()) return;
    await this.note(seed, await this.look(seed, piece, signal));
  }

  private async look(
    seed: WebSeedEntity,
    piece: number | null,
    signal: AbortSignal,
  ): Promise<Partial<SeedHealth>> {
    const { seeds } = this.config;
    const options = { ...seeds, checkInterval: seeds.checkInterval * 1000 };
    try {
      const torrent = await this.torrents.of(seed.file!, signal);
      const speed = await this.checker.check(seed.url, torrent, piece, signal);
      return healthAfterSuccess(seed, speed, options, new Date());
    } catch (error) {
      if (error instanceof NoTorrentError) return { checkDueAt: new Date(Date.now() + seeds.retryDelay) };
      if (!(error instanceof SeedFaultError)) throw error;
      this.logger.log(`${seed.url} is not listed: ${error.message}`);
      return healthAfterFailure(seed, error.message, options, new Date());
    }
  }

  /** What was offered anew meanwhile, elsewhere, was not looked at; what was dropped meanwhile stays so. */
  private async note({ id, url, file }: WebSeedEntity, health: Partial<SeedHealth>): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const changes = { ...health, updatedAt: new Date() };
      const { affected } = await manager.update(WebSeedEntity, { id, url, state: Not('dropped') }, changes);
      if (affected === 1 && health.state === 'listed') await this.teller.listed(manager, id, file!.video!);
    });
  }
}
