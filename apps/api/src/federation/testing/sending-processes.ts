import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptKeyPair } from '@vidiverse/federation/testing';
import { ActorKeySource } from '../../actors/actor-keys.js';
import { ActorEntity } from '../../actors/actor.entity.js';
import { LocalActors } from '../../actors/local-actors.service.js';
import { loadConfig } from '../../config/load-config.js';
import { openTestDatabase, type TestDatabase } from '../../database/testing/open-test-database.js';
import { createJobQueue } from '../../jobs/create-job-queue.js';
import { until } from '../../jobs/testing/until.js';
import { DatabaseBlocks } from '../../moderation/database-blocks.js';
import { DeliveryDispatcher } from '../delivery-dispatcher.js';
import { DueHosts } from '../due-hosts.js';
import { OutboxService } from '../outbox.service.js';
import { environmentOf, freePort, QUICK } from './sending-lab.js';
import { Teller } from './teller.js';

/** Compiled: `npm test` builds before it tests. */
const MAIN = fileURLToPath(new URL('../../../dist/bundle/main.js', import.meta.url));
const START_LIMIT = 60_000;

/** Servers in processes of their own on one database, and somebody outside of them who writes what they are to tell. */
export class SendingProcesses {
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly teller: Teller,
    private readonly environment: Record<string, string>,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async open(): Promise<SendingProcesses> {
    const database = await openTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'vidiverse-sending-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    const environment = { ...QUICK, ...environmentOf(database, folder), VIDIVERSE_URL: url };
    const config = loadConfig(environment);
    const { dataSource } = database;
    // It is not started: the servers find what is written by looking.
    const queue = await createJobQueue({ ...config, redis: { ...config.redis, url: undefined } }, dataSource);
    const outbox = new OutboxService(
      config,
      new DeliveryDispatcher(config, queue, new DueHosts(dataSource)),
      new DatabaseBlocks(dataSource),
    );
    const actors = new LocalActors(
      dataSource.getRepository(ActorEntity),
      config,
      new ActorKeySource(keptKeyPair),
    );
    return new SendingProcesses(await Teller.make(dataSource, outbox, actors), environment, database, folder);
  }

  get dataSource() {
    return this.database.dataSource;
  }

  /** Resolves when the server answers. */
  async start(): Promise<ChildProcess> {
    const listen = `127.0.0.1:${await freePort()}`;
    const env = { PATH: process.env.PATH ?? '', ...this.environment, VIDIVERSE_LISTEN: listen };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.children.push(child);
    const ping = () =>
      fetch(`http://${listen}/api/v1/ping`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('the server answers', ping, START_LIMIT);
    return child;
  }

  /** `kill -9`, no time to clean up. */
  async kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    for (const child of this.children) await this.kill(child);
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
