import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { dataSourceOptions } from './data-source-options.js';
import { openDatabase } from './open-database.js';

/** Connects TypeORM; features ask for their repositories with `TypeOrmModule.forFeature([...])`. */
@Module({})
export class DatabaseModule {
  static connect(): DynamicModule {
    const connection = TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({ ...dataSourceOptions(config), retryAttempts: 0 }),
      dataSourceFactory: (options) => openDatabase(options!),
    });
    return { module: DatabaseModule, imports: [connection] };
  }
}
