import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { realpath } from 'node:fs/promises';
import type { Repository } from 'typeorm';
import { Config } from '../../config/config.js';
import { MIB } from '../../config/sections/values.js';
import { Ticker } from '../../jobs/ticker.js';
import { ActivePlugins } from '../active-plugins.js';
import { PluginSet } from '../loading/plugin-set.js';
import { PluginEntity } from '../plugin.entity.js';
import { PluginRunner } from '../plugin-runner.js';
import { HeapGrowth } from './heap-growth.js';
import { HeapSampler } from './heap-sampler.js';
import { liveBytes } from './live-bytes.js';

/** What a plugin holds in this process. */
export interface PluginMemoryUse {
  /** On the heap, estimated from samples. */
  heldBytes: number;
  /** Since it was measured first; less than nothing when it holds less. */
  grownBytes: number;
  /** Of all buffers of the process, which lie outside of the heap; whose they are V8 does not say. */
  buffersGrownBytes: number;
  /** More than `plugins.memoryWarning`. */
  isHigh: boolean;
  measuredAt: Date;
}

/** Measures what each plugin holds once the heap has grown, names one that holds much, and switches off one that holds too much. */
@Injectable()
export class PluginMemoryWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Plugins');
  private readonly uses = new Map<string, PluginMemoryUse>();
  private readonly firsts = new Map<string, number>();
  private readonly warned = new Set<string>();
  private readonly folders = new Map<string, string>();
  private readonly growth: HeapGrowth;
  private firstBuffers = 0;
  private ticker: Ticker | undefined;

  constructor(
    private readonly config: Config,
    private readonly set: PluginSet,
    private readonly active: ActivePlugins,
    private readonly runner: PluginRunner,
    private readonly sampler: HeapSampler,
    @InjectRepository(PluginEntity) private readonly rows: Repository<PluginEntity>,
  ) {
    this.growth = new HeapGrowth(config.plugins.memorySuspicion);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { memoryInterval } = this.config.plugins;
    if (this.set.loaded.length === 0 || memoryInterval === 0) return;
    for (const {
      definition,
      package: { folder },
    } of this.set.loaded)
      this.folders.set(definition.name, await realpath(folder));
    this.firstBuffers = process.memoryUsage().arrayBuffers;
    this.ticker = new Ticker(() => this.look(), memoryInterval);
    this.ticker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.ticker?.stop();
    this.sampler.stop();
  }

  /** Null: it is not loaded, or there was no reason to measure. */
  of(name: string): PluginMemoryUse | null {
    return this.uses.get(name) ?? null;
  }

  private async look(): Promise<void> {
    if (this.sampler.isSampling) {
      await this.measure();
      // Garbage is collected by now: what is left was kept.
      if (!this.growth.isSuspicious()) this.forget();
    } else if (this.growth.isSuspicious()) this.sampler.start();
  }

  private forget(): void {
    this.sampler.stop();
    this.uses.clear();
    this.firsts.clear();
  }

  private async measure(): Promise<void> {
    try {
      const held = liveBytes(await this.sampler.read(), this.folders);
      const buffersGrownBytes = process.memoryUsage().arrayBuffers - this.firstBuffers;
      for (const [name, heldBytes] of held) {
        if (!this.firsts.has(name)) this.firsts.set(name, heldBytes);
        const isHigh = heldBytes > this.config.plugins.memoryWarning;
        const grownBytes = heldBytes - this.firsts.get(name)!;
        this.uses.set(name, { heldBytes, grownBytes, buffersGrownBytes, isHigh, measuredAt: new Date() });
        if (isHigh) this.warn(name, heldBytes);
        await this.limit(name, heldBytes);
      }
    } catch (error) {
      this.logger.warn(`what plugins hold could not be measured: ${String(error)}`);
    }
  }

  private warn(name: string, heldBytes: number): void {
    if (this.warned.has(name)) return;
    this.warned.add(name);
    const warning = inMib(this.config.plugins.memoryWarning);
    this.logger.warn(
      `plugin ${name} holds ${inMib(heldBytes)} of memory, more than ${warning} (plugins.memoryWarning)`,
    );
  }

  private async limit(name: string, heldBytes: number): Promise<void> {
    const { memoryLimit } = this.config.plugins;
    if (memoryLimit === 0 || heldBytes <= memoryLimit || !this.active.has(name)) return;
    const problem =
      `It was switched off: it held ${inMib(heldBytes)} of memory; at most ${inMib(memoryLimit)} are let ` +
      '(plugins.memoryLimit). What it holds is free once the instance is started again.';
    this.logger.error(`plugin ${name}: ${problem}`);
    try {
      await this.rows.update({ name }, { enabled: false, failedStarts: 0, problem, updatedAt: new Date() });
    } finally {
      this.runner.switch(name, false);
    }
  }
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(bytes < 10 * MIB ? 1 : 0)} MiB`;
