export { OnlyAdministrators, OnlyUsers } from './access.decorator.js';
export { freezeData } from './freeze.js';
export { definePlugin, readPlugin } from './define-plugin.js';
export type { HandlerHealth } from './handler-counters.js';
export {
  type AnyHook,
  defineEvent,
  defineFilter,
  defineGuard,
  type EventHandler,
  type EventHook,
  type FilterHandler,
  type FilterHook,
  type FilterValue,
  type GuardHandler,
  type GuardHook,
  type HandlerOf,
  type HookKind,
  type HookTexts,
  isHook,
} from './hook.js';
export type { HookRegistration } from './hook-handler.js';
export { DEFAULT_HOOK_OPTIONS, type HandlerOptions, type HookOptions } from './hook-options.js';
export { HookRegistry } from './hook-registry.js';
export { HookScanner } from './hook-scanner.js';
export {
  HookDefinitionError,
  HookError,
  type HookErrorCode,
  HookHandlerError,
  PluginDefinitionError,
} from './hooks.errors.js';
export { hostMatcher, parentsOf, readHost, readHostPattern, withoutPort } from './hosts.js';
export { HooksModule } from './hooks.module.js';
export { OnHook } from './on-hook.decorator.js';
export type {
  PluginDefinition,
  PluginDescription,
  PluginModule,
  PluginModuleFactory,
  SettingsSchema,
} from './plugin-definition.js';
export { isPluginName } from './plugin-fields.js';
export { PLUGIN_RIGHTS, type PluginRight } from './plugin-rights.js';
export { PluginSettings } from './plugin-settings.js';
export { allow, type Decision, type GuardVerdict, hold, refuse, type Verdict } from './verdict.js';
export * from './host/index.js';
