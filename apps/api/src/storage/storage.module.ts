import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DiskFileStorage } from './disk-file-storage.js';
import { FileStorage } from './file-storage.js';

/** Gives every feature the `FileStorage` that the configuration names. */
@Global()
@Module({
  providers: [
    {
      provide: FileStorage,
      inject: [Config],
      useFactory: async (config: Config) => {
        const storage = new DiskFileStorage(config.data);
        await storage.prepare();
        return storage;
      },
    },
  ],
  exports: [FileStorage],
})
export class StorageModule {}
