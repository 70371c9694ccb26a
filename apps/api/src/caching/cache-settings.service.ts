import { Injectable } from '@nestjs/common';
import type { CacheStrategy } from '@vidiverse/policy';
import type { CacheStrategyValues } from '../config/cache-strategy.js';
import { Config } from '../config/config.js';
import { SettingsService } from '../instance/settings.service.js';
import { MANUAL } from './cached-file.entity.js';

const POLICY = 'caching.policy';

export interface CacheSettings {
  enabled: boolean;
  strategies: CacheStrategyValues[];
}

/** What administrators decided about caching. Read anew each time, so that it holds at once in every process. */
@Injectable()
export class CacheSettingsService {
  constructor(
    private readonly config: Config,
    private readonly settings: SettingsService,
  ) {}

  /** What nobody changed is as the configuration says. */
  async get(): Promise<CacheSettings> {
    const { enabled, strategies } = this.config.caching;
    return { enabled, strategies, ...(await this.settings.get<Partial<CacheSettings>>(POLICY)) };
  }

  async change(changes: Partial<CacheSettings>): Promise<CacheSettings> {
    const before = (await this.settings.get<Partial<CacheSettings>>(POLICY)) ?? {};
    await this.settings.set(POLICY, { ...before, ...changes });
    return this.get();
  }

  /** As the policy takes them. What was asked for by hand comes first: no other strategy takes its files. */
  strategiesOf({ enabled, strategies }: CacheSettings): CacheStrategy[] {
    if (!enabled) return [];
    const manual = {
      name: MANUAL,
      kind: 'manual',
      budget: this.config.caching.manualBudget,
      minLifetime: 0,
    } as const;
    return [
      manual,
      ...strategies.map((strategy) => ({ ...strategy, minLifetime: strategy.minLifetime * 1000 })),
    ];
  }
}
