import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { HookOptions } from './hook-options.js';
import { HookRegistry } from './hook-registry.js';
import { HookScanner } from './hook-scanner.js';

/** Gives every module of one instance its registry. */
@Module({})
export class HooksModule {
  static with(options: Partial<HookOptions> = {}): DynamicModule {
    return {
      module: HooksModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [{ provide: HookRegistry, useFactory: () => new HookRegistry(options) }, HookScanner],
      exports: [HookRegistry, HookScanner],
    };
  }
}
