import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { dataSourceOptions } from './data-source-options.js';
import { entities } from './entities.js';
import { openDatabase } from './open-database.js';

/** Connects TypeORM; features ask for their repositories with `TypeOrmModule.forFeature([...])`. */
@Module({})
export class DatabaseModule {
  /** `more`: entities of plugins. */
  static connect(more: ReadonlyArray<Type<object>> = []): DynamicModule {
    const connection = TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config),
        entities: [...entities, ...more],
        retryAttempts: 0,
      }),
      dataSourceFactory: (options) => openDatabase(options!),
    });
    return { module: DatabaseModule, imports: [connection] };
  }
}
