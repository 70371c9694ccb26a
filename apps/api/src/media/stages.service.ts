import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { ProcessingStageEntity, type StageName, type StageStatus } from './processing-stage.entity.js';

/** Progress is written at most so often. */
const WRITE_EVERY_MS = 500;

/** Names one stage; `detail` is the height of a rendition. */
export interface StageKey {
  videoId: number;
  name: StageName;
  detail?: string;
}

/** What a stage tells while it runs. */
export interface StageReport {
  /** 0 to 100. */
  progress(percent: number): void;
  /** Ends the stage without having done anything, with the reason. */
  skip(message: string): void;
}

interface StageValues {
  status: StageStatus;
  progress?: number;
  message?: string | null;
}

/** Keeps the stages that the owner of a video sees. */
@Injectable()
export class StagesService {
  constructor(
    @InjectRepository(ProcessingStageEntity) private readonly stages: Repository<ProcessingStageEntity>,
  ) {}

  /** Runs `work` as a stage: running, then done, skipped or failed with the reason, which is thrown on. */
  async run<T>(key: StageKey, work: (report: StageReport) => Promise<T>): Promise<T> {
    await this.set(key, { status: 'running', progress: 0, message: null });
    let skipped: string | null = null;
    let writtenAt = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const report: StageReport = {
      progress: (percent) => {
        if (Date.now() - writtenAt < WRITE_EVERY_MS) return;
        writtenAt = Date.now();
        const progress = Math.floor(percent);
        writing = this.stages.update(where(key), { progress, updatedAt: new Date() }).catch(() => undefined);
      },
      skip: (message) => (skipped = message),
    };
    try {
      const result = await work(report);
      await writing;
      await this.set(key, { status: skipped === null ? 'done' : 'skipped', progress: 100, message: skipped });
      return result;
    } catch (error) {
      await writing;
      await this.set(key, { status: 'failed', message: (error as Error).message });
      throw error;
    }
  }

  async set(key: StageKey, values: StageValues): Promise<void> {
    const known = await this.stages.findOneBy(where(key));
    const row = known ?? this.stages.create({ ...where(key), progress: 0, message: null });
    await this.stages.save(Object.assign(row, values, { updatedAt: new Date() }));
  }

  /** Shows a stage that a job of its own will run. What that job has written already stays. */
  async announce(key: StageKey): Promise<void> {
    if (!(await this.stages.existsBy(where(key)))) await this.set(key, { status: 'waiting' });
  }

  /** Everything is made: a stage that a crash left open has ended with the rest. */
  async settle(videoId: number): Promise<void> {
    const changes = { status: 'done' as const, progress: 100, message: null, updatedAt: new Date() };
    await this.stages.update({ videoId, status: In(['running', 'waiting', 'failed']) }, changes);
  }

  /** In the order in which they came to be. */
  list(videoId: number): Promise<ProcessingStageEntity[]> {
    return this.stages.find({ where: { videoId }, order: { id: 'ASC' } });
  }

  /** Failed stages wait for another try; what went wrong stays readable. */
  async reopen(key: Partial<StageKey> & { videoId: number }): Promise<void> {
    const changes = { status: 'waiting' as const, progress: 0, updatedAt: new Date() };
    await this.stages.update({ ...key, status: 'failed' }, changes);
  }

  /** Ends what did not end itself: stages that wait or run have failed for this reason. */
  async failOpen(key: Partial<StageKey> & { videoId: number }, message: string): Promise<void> {
    const changes = { status: 'failed' as const, message, updatedAt: new Date() };
    await this.stages.update({ ...key, status: In(['running', 'waiting']) }, changes);
  }

  /** Whether any rendition is still to be made. */
  async hasOpenRenditions(videoId: number): Promise<boolean> {
    return this.stages.existsBy({ videoId, name: 'rendition', status: In(['running', 'waiting']) });
  }

  hasFailed(videoId: number): Promise<boolean> {
    return this.stages.existsBy({ videoId, status: 'failed' });
  }
}

const where = ({ videoId, name, detail = '' }: StageKey) => ({ videoId, name, detail });
