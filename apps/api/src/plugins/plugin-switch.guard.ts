import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { HookScanner } from '@vidiverse/hooks';
import { NotFoundError } from '../shared/domain-error.js';
import { ActivePlugins } from './active-plugins.js';
import { PluginSet } from './loading/plugin-set.js';
import { APPLICATION } from './plugin-runner.js';

/** The routes of a plugin that was switched off are not there. */
@Injectable()
export class PluginSwitchGuard implements CanActivate {
  /** Of controllers, by class; known once the application is up. */
  private owners: Map<unknown, string> | undefined;

  constructor(
    private readonly set: PluginSet,
    private readonly container: ModulesContainer,
    private readonly scanner: HookScanner,
    private readonly active: ActivePlugins,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.set.loaded.length === 0) return true;
    this.owners ??= this.find();
    const owner = this.owners.get(context.getClass());
    if (owner !== undefined && !this.active.has(owner)) throw new NotFoundError('Page');
    return true;
  }

  private find(): Map<unknown, string> {
    const controllers = [...this.container.values()].flatMap((module) => [...module.controllers.values()]);
    return new Map(
      controllers.flatMap(({ metatype, instance }) => {
        const owner = this.scanner.ownerOf(instance);
        return owner === undefined || owner === APPLICATION ? [] : [[metatype, owner] as const];
      }),
    );
  }
}
