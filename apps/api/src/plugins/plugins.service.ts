import { Injectable, Optional } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { HookRegistry } from '@vidiverse/hooks';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { InvalidInputError, NotFoundError, UnprocessableError } from '../shared/domain-error.js';
import type { Page, PageQuery } from '../shared/page.js';
import type { PluginSettingsView, PluginView, PluginWebView } from './dto/plugins.js';
import { ActivePlugins } from './active-plugins.js';
import { type KnownPlugin, KnownPlugins } from './known-plugins.service.js';
import { type LoadedPlugin, nameOf, PluginSet } from './loading/plugin-set.js';
import { PluginMemoryWatch } from './memory/plugin-memory-watch.js';
import { PluginChanges } from './plugin-changes.js';
import { PluginRunner } from './plugin-runner.js';
import { toPluginView, toPluginWeb } from './plugin.mapper.js';
import { PluginEntity } from './plugin.entity.js';

/** What administrators see of plugins, and do with them. */
@Injectable()
export class PluginsService {
  constructor(
    private readonly set: PluginSet,
    private readonly known: KnownPlugins,
    private readonly runner: PluginRunner,
    private readonly active: ActivePlugins,
    private readonly registry: HookRegistry,
    private readonly memory: PluginMemoryWatch,
    @InjectRepository(PluginEntity) private readonly rows: Repository<PluginEntity>,
    @Optional() private readonly changes?: PluginChanges,
  ) {}

  /** In the order of the configuration, those that run first. */
  async list({ start, count }: PageQuery): Promise<Page<PluginView>> {
    const rows = new Map((await this.rows.find()).map((row) => [row.name, row]));
    const known = await this.known.all();
    const all = known.map((one) => this.view(one, rows.get(nameOf(one.plugin)) ?? null));
    return { total: all.length, data: all.slice(start, start + count) };
  }

  /** @throws NotFoundError */
  async get(name: string): Promise<PluginView> {
    const known = (await this.known.all()).find(({ plugin }) => nameOf(plugin) === name);
    if (!known) throw new NotFoundError('Plugin');
    return this.view(known, await this.rows.findOneBy({ name }));
  }

  /** At once for one that is loaded, with the next start for another; other processes follow within moments. */
  async switch(name: string, enabled: boolean): Promise<void> {
    await this.get(name);
    await this.rows.update({ name }, { enabled, failedStarts: 0, problem: null, updatedAt: new Date() });
    this.runner.switch(name, enabled);
  }

  /** @throws NotFoundError, UnprocessableError for one without settings */
  settings(name: string): PluginSettingsView {
    const { definition, settings } = this.withSettings(name);
    const schema = z.toJSONSchema(definition.settings!, { io: 'input', unrepresentable: 'any' });
    return { schema, settings: settings.get() as Record<string, unknown> };
  }

  /** Effective at once. @throws InvalidInputError naming each setting that is wrong */
  async changeSettings(name: string, given: Record<string, unknown>): Promise<void> {
    const { settings } = this.withSettings(name);
    const issues = settings.check(given);
    if (issues.length > 0)
      throw new InvalidInputError(
        issues.map(({ path, message }) => ({ field: ['settings', ...path].join('.'), reason: message })),
      );
    await this.rows.update({ name }, { settings: given, updatedAt: new Date() });
    settings.take(given);
  }

  /** Of plugins that are on. */
  web(): PluginWebView {
    const shown = this.set.loaded.filter(({ definition: { name, web } }) => web && this.active.has(name));
    const data = shown.map((plugin) =>
      toPluginWeb(plugin, this.changes?.servedAs(plugin.package.version) ?? plugin.package.version),
    );
    return { data, ...(this.changes && { changes: this.changes.path }) };
  }

  private withSettings(name: string): LoadedPlugin {
    const plugin = this.set.loaded.find(({ definition }) => definition.name === name);
    if (!plugin) throw new NotFoundError('Plugin');
    if (!plugin.definition.settings)
      throw new UnprocessableError('This plugin has no settings.', 'no_settings');
    return plugin;
  }

  private view(known: KnownPlugin, row: PluginEntity | null): PluginView {
    const name = nameOf(known.plugin);
    const health = this.registry.health().filter(({ plugin: owner }) => owner === name);
    const isOn = this.active.has(name);
    return toPluginView(known, row, { isOn, health, memory: this.memory.of(name) });
  }
}
