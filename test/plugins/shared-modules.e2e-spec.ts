import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';

/** A plugin tells what it and the libraries that it has brought were given for what they import. */
const BORROWER = `
import { Controller, Get, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { definePlugin, VideoReader } from '@vidiverse/hooks';
import { of } from 'rxjs';
import { map } from 'rxjs/operators';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { z as z4 } from 'zod/v4';
import { Schedule } from 'vidiverse-schedule';
import { version } from 'uses-old-zod';
import { z as unknownZ } from 'uses-unknown-zod';

@Controller('borrower')
class BorrowerController {
  constructor(private readonly modules: ModuleRef, private readonly schedule: Schedule, private readonly videos: VideoReader) {}
  @Get('facts') facts() {
    const facts = {
      dataSource: this.modules.get(getDataSourceToken(), { strict: false }) instanceof DataSource,
      nestLibrary: this.schedule.isInjected(ModuleRef),
      zod: z === z4,
      zodOfLibrary: version,
      unknownZod: z === unknownZ,
    };
    return of(facts).pipe(map((facts) => ({ ...facts, observable: true })));
  }
}
@Module({ controllers: [BorrowerController], providers: [Schedule] }) class BorrowerModule {}
export default definePlugin({ name: 'borrower', displayName: 'Borrower', requires: '^0.1.0', module: BorrowerModule });`;

/** As libraries for Nest are compiled; like one that npm has given a Nest of its own. */
const SCHEDULE = `
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Injector } from '@nestjs/core/internal';
class Schedule {
  constructor(modules) { this.modules = modules; }
  isInjected(theirs) { return theirs === ModuleRef && this.modules instanceof ModuleRef && typeof Injector === 'function'; }
}
Injectable()(Schedule);
Inject(ModuleRef)(Schedule, undefined, 0);
export { Schedule };`;

/** Without a version: as nobody publishes, and somebody may have. */
const inLibrary = (name: string, version: string | undefined, source: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, type: 'module', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: source,
});

let packages: PluginPackages;
let server: ServerProcess;
beforeAll(async () => {
  packages = await pluginPackages();
  const folder = await packages.make('borrower', BORROWER, {
    ...inLibrary('vidiverse-schedule', '1.0.0', SCHEDULE),
    ...inLibrary('@nestjs/core', '12.0.0', `throw new Error('a second Nest');`),
    ...inLibrary('uses-old-zod', '1.0.0', `export { version } from 'zod';`),
    ...inLibrary('uses-old-zod/node_modules/zod', '3.25.76', `export const version = 3;`),
    ...inLibrary('uses-unknown-zod', '1.0.0', `export { z } from 'zod';`),
    ...inLibrary('uses-unknown-zod/node_modules/zod', undefined, `export const z = null;`),
  });
  server = await createServerProcess({ environment: { VIDIVERSE_PLUGINS_LIST: folder } });
  await server.start();
});
afterAll(async () => {
  await server.remove();
  await packages.remove();
});

test('a plugin and its libraries have the classes of the server, and a library with an older zod keeps it', async () => {
  const answer = await fetch(`${server.address}/borrower/facts`);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { dataSource: true, nestLibrary: true, zod: true, zodOfLibrary: 3, unknownZod: true, observable: true },
  ]);
});
