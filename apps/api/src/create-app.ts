import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule, type AppParts } from './app.module.js';
import type { Config } from './config/config.js';
import { AllowedMethods } from './http/allowed-methods.js';
import { fastifyOptions, registerHttpPlugins } from './http/fastify.js';
import { createLogger } from './http/logger.js';
import { serveWebApp } from './http/static-files.js';
import { mountSwagger } from './http/swagger.js';
import { loadPlugins } from './plugins/loading/load-plugins.js';
import { startWithPlugins } from './plugins/loading/start-with-plugins.js';
import { ProblemFilter } from './shared/problem.filter.js';
import { validationPipe } from './shared/validation.js';

/** A running instance. Several may live in one process. */
export interface App {
  readonly config: Config;
  /** Where it listens, such as `http://127.0.0.1:9000`. */
  readonly address: string;
  readonly nest: INestApplicationContext;
  /** Finishes requests and jobs under way, then frees everything. */
  close(): Promise<void>;
}

/**
 * Builds the instance that `config` describes and starts listening. A plugin that cannot be started is left out. `parts`: what it
 * has from outside, as tests do.
 */
export async function createApp(config: Config, parts: AppParts = {}): Promise<App> {
  return startWithPlugins(await loadPlugins(config), (plugins) =>
    createAppWith(config, { ...parts, plugins }),
  );
}

async function createAppWith(config: Config, parts: AppParts): Promise<App> {
  const logger = createLogger(config);
  const nest = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, parts),
    new FastifyAdapter(fastifyOptions(config)),
    {
      logger,
      bodyParser: false,
      abortOnError: false,
    },
  );
  try {
    return await listen(nest, config);
  } catch (error) {
    // What has begun is ended, so that another try finds database and port free.
    await nest.close().catch(() => undefined);
    throw error;
  }
}

async function listen(nest: NestFastifyApplication, config: Config): Promise<App> {
  const methods = new AllowedMethods();
  methods.listenTo(nest.getHttpAdapter().getInstance() as FastifyInstance);
  nest.useGlobalFilters(new ProblemFilter(methods));
  nest.useGlobalPipes(validationPipe());
  await registerHttpPlugins(nest, config);
  await serveWebApp(nest);
  mountSwagger(nest);
  nest.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  const [, host, port] = /^(.+):(\d+)$/.exec(config.listen)!;
  await nest.listen(Number(port), host!.replace(/^\[|\]$/g, ''));
  const address = (await nest.getUrl()).replace('[::1]', '127.0.0.1');
  new Logger('Instance').log(`listening on ${address}, public URL ${config.url}`);
  return { config, address, nest, close: () => nest.close() };
}
