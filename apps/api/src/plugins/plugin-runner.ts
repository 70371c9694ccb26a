import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import { HookRegistry, HookScanner } from '@vidiverse/hooks';
import { In, type Repository } from 'typeorm';
import { InjectRepository } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { ActivePlugins } from './active-plugins.js';
import { type LoadedPlugin, PluginSet } from './loading/plugin-set.js';
import { PluginEntity } from './plugin.entity.js';
import type { Given } from './stored-settings.js';

/** The application's root module: whose handlers are not a plugin's. */
export const ROOT_MODULE = Symbol('root module');

/** Owner of what is no plugin's. */
export const APPLICATION = 'vidiverse';

/** Has the hooks, routes and jobs of loaded plugins asked while they are on, in this process and as other processes say. */
@Injectable()
export class PluginRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Plugins');
  private timers: NodeJS.Timeout[] = [];
  private isProven = false;

  constructor(
    private readonly config: Config,
    private readonly set: PluginSet,
    @Inject(ROOT_MODULE) private readonly root: Type,
    private readonly scanner: HookScanner,
    private readonly registry: HookRegistry,
    private readonly active: ActivePlugins,
    @InjectRepository(PluginEntity) private readonly rows: Repository<PluginEntity>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.noteProblems();
    if (this.set.loaded.length === 0) return;
    const roots = this.set.loaded.flatMap(({ module }) => (module ? [module.module] : []));
    this.scanner.adopt(APPLICATION, this.root, roots);
    for (const plugin of this.set.loaded) this.begin(plugin);
    const { provenAfter, lookInterval } = this.config.plugins;
    this.timers = [
      setTimeout(() => void this.prove(), provenAfter).unref(),
      setInterval(() => void this.look(), lookInterval).unref(),
    ];
  }

  /** An orderly end is no failure of anybody. */
  async onModuleDestroy(): Promise<void> {
    this.timers.forEach((timer) => clearTimeout(timer));
    if (!this.isProven) await this.prove();
  }

  /** Switches a plugin that is loaded. Answers whether it is. */
  switch(name: string, isOn: boolean): boolean {
    const plugin = this.set.loaded.find(({ definition }) => definition.name === name);
    if (!plugin) return false;
    if (isOn === this.active.has(name)) return true;
    if (isOn) this.begin(plugin);
    else this.end(name);
    return true;
  }

  /** Of those that were loaded and could not be started; the others' reasons are written already. */
  private async noteProblems(): Promise<void> {
    for (const { name, problem } of this.set.absent)
      if (problem !== null) await this.rows.update({ name, enabled: true }, { problem });
  }

  private begin({ definition: { name }, module }: LoadedPlugin): void {
    if (module) this.scanner.adopt(name, module.module);
    this.active.set(name, true);
    this.logger.log(`plugin ${name} runs`);
  }

  private end(name: string): void {
    this.registry.remove(name);
    this.active.set(name, false);
    this.logger.log(`plugin ${name} was switched off`);
  }

  /** The starts have come to a good end. */
  private async prove(): Promise<void> {
    this.isProven = true;
    const names = this.set.loaded.map(({ definition }) => definition.name);
    if (names.length === 0) return;
    const good = { failedStarts: 0, problem: null, updatedAt: new Date() };
    await this.rows
      .update({ name: In(names), enabled: true }, good)
      .catch((error: unknown) =>
        this.logger.warn(`the start of plugins could not be noted: ${String(error)}`),
      );
  }

  /** What another process was told. */
  private async look(): Promise<void> {
    try {
      for (const { name, enabled, settings } of await this.rows.find()) {
        this.switch(name, enabled);
        const loaded = this.set.loaded.find(({ definition }) => definition.name === name);
        if (loaded && loaded.settings.check((settings ?? {}) as Given).length === 0)
          loaded.settings.take((settings ?? {}) as Given);
      }
    } catch (error) {
      this.logger.warn(`what was changed about plugins is looked for later: ${String(error)}`);
    }
  }
}
