import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type FoundHandler, handlersOf } from './handlers-of.js';
import { HookRegistry } from './hook-registry.js';
import { HookHandlerError } from './hooks.errors.js';

type NestModule = ModulesContainer extends Map<string, infer Module> ? Module : never;
type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** Finds the handlers of running modules and registers them under the name of whose they are. */
@Injectable()
export class HookScanner {
  /** Of modules, and of instances, which may stand in several. */
  private readonly owners = new WeakMap<object, string>();

  constructor(
    private readonly container: ModulesContainer,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly registry: HookRegistry,
  ) {}

  /**
   * Registers the handlers of a module, and of those it imports as far as nobody else has adopted them: so the application
   * comes first, with the modules of the plugins as its `border`, and then each plugin with what it brings along. Call it
   * once the modules are initialized, and again after `HookRegistry.remove`. Answers how many handlers there are.
   * @throws HookHandlerError for one that cannot be; then none of the owner's stays
   */
  adopt(owner: string, root: Type<unknown>, border: readonly Type<unknown>[] = []): number {
    const modules = this.reached(owner, root, new Set(border));
    const { discovery } = this;
    const wrappers = [...discovery.getProviders({}, modules), ...discovery.getControllers({}, modules)];
    const instances = new Map(wrappers.filter(hasObject).map((wrapper) => [wrapper.instance, wrapper]));
    try {
      const found = [...instances].flatMap(([instance, wrapper]) =>
        this.isFree(instance, owner) ? this.handlersIn(instance, wrapper) : [],
      );
      for (const handler of found) this.registry.add({ ...handler, plugin: owner });
      for (const adopted of [...modules, ...instances.keys()]) this.owners.set(adopted, owner);
      return found.length;
    } catch (error) {
      this.registry.remove(owner);
      throw error;
    }
  }

  /** Who has adopted a module, or an instance of one of its providers and controllers. */
  ownerOf(moduleOrInstance: object): string | undefined {
    return this.owners.get(moduleOrInstance);
  }

  private reached(owner: string, root: Type<unknown>, border: ReadonlySet<unknown>): NestModule[] {
    const reached = new Set([...this.container.values()].filter(({ metatype }) => metatype === root));
    // A set is walked to its end, also to what is added on the way.
    for (const module of reached)
      for (const imported of module.imports)
        if (this.isFree(imported, owner) && !border.has(imported.metatype)) reached.add(imported);
    return [...reached];
  }

  private isFree(moduleOrInstance: object, owner: string): boolean {
    return [undefined, owner].includes(this.ownerOf(moduleOrInstance));
  }

  private handlersIn(instance: object, wrapper: Wrapper): FoundHandler[] {
    const found = handlersOf(instance, this.scanner);
    if (found.length > 0 && (wrapper.isTransient || !wrapper.isDependencyTreeStatic()))
      throw new HookHandlerError(
        `${wrapper.name} has a handler of ${found[0]!.hook.name}, but is made anew for each request or each of its users.`,
      );
    return found;
  }
}

const hasObject = (wrapper: Wrapper): wrapper is Wrapper & { instance: object } =>
  typeof wrapper.instance === 'object' && wrapper.instance !== null;
