import { Global, Module } from '@nestjs/common';
import { PluginChanges } from '../plugin-changes.js';
import { ChangesController } from './changes.controller.js';
import { ToldChanges } from './told-changes.js';

/** Part of an instance that `vidiverse plugin dev` started, and of no other. */
@Global()
@Module({
  controllers: [ChangesController],
  providers: [ToldChanges, { provide: PluginChanges, useExisting: ToldChanges }],
  exports: [PluginChanges],
})
export class DevelopmentModule {}
