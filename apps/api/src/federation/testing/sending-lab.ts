import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { LocalActors } from '../../actors/local-actors.service.js';
import { loadConfig } from '../../config/load-config.js';
import { createApp, type App } from '../../create-app.js';
import { openTestDatabase, type TestDatabase } from '../../database/testing/open-test-database.js';
import { TEST_REDIS } from '../../jobs/testing/job-lab.js';
import { until } from '../../jobs/testing/until.js';
import { DeliveryEntity } from '../delivery.entity.js';
import { OutboxService } from '../outbox.service.js';
import { deliveryRows } from './delivery-rows.js';
import { SinkPeer } from './sink-peer.js';
import { Teller } from './teller.js';

/** Days become fractions of a second. */
export const QUICK = {
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_LOG_LEVEL: 'error',
  VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
  VIDIVERSE_ADMIN_PASSWORD: 'correct horse battery',
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '40',
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: '2000',
  VIDIVERSE_FEDERATION_DELIVERY_BREAKER_PROBE: '300',
  VIDIVERSE_FEDERATION_DELIVERY_SWEEP_INTERVAL: '50',
  VIDIVERSE_JOBS_POLL_INTERVAL: '50',
  VIDIVERSE_JOBS_LEASE: '1',
  VIDIVERSE_JOBS_SHUTDOWN_GRACE: '1',
};

const LIMIT = 120_000;

/** An instance in this process, somebody who tells things, and servers that are told. */
export class SendingLab {
  private readonly sinks: SinkPeer[] = [];

  private constructor(
    readonly app: App,
    readonly teller: Teller,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<SendingLab> {
    const database = await openTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'vidiverse-sending-'));
    const listen = `127.0.0.1:${await freePort()}`;
    const settings = {
      ...QUICK,
      ...environmentOf(database, folder),
      VIDIVERSE_LISTEN: listen,
      ...environment,
    };
    const app = await createApp(loadConfig(settings));
    const { nest } = app;
    const teller = await Teller.make(nest.get(DataSource), nest.get(OutboxService), nest.get(LocalActors));
    return new SendingLab(app, teller, database, folder);
  }

  get dataSource(): DataSource {
    return this.app.nest.get(DataSource);
  }

  get outbox(): OutboxService {
    return this.app.nest.get(OutboxService);
  }

  get rows() {
    return deliveryRows(this.dataSource);
  }

  async sink(): Promise<SinkPeer> {
    const sink = await SinkPeer.open();
    this.sinks.push(sink);
    return sink;
  }

  deliveries(sink: SinkPeer): Promise<DeliveryEntity[]> {
    return this.dataSource
      .getRepository(DeliveryEntity)
      .find({ where: { host: sink.host }, order: { id: 'ASC' } });
  }

  /** Resolves when nothing waits for the sink any more. */
  async untilSettled(sink: SinkPeer): Promise<void> {
    const settled = async () => (await this.deliveries(sink)).every(({ state }) => state !== 'waiting');
    await until('nothing waits', settled, LIMIT);
  }

  async close(): Promise<void> {
    await Promise.all(this.sinks.map((sink) => sink.down()));
    await this.app.close();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Points an instance at the database; with MariaDB also at Redis, and at a data folder of its own. */
export function environmentOf(database: TestDatabase, folder: string): Record<string, string> {
  const { environment } = database;
  if (!environment.DATABASE_URL) return environment;
  const prefix = `vidiverse_test_${randomBytes(6).toString('hex')}`;
  return { ...environment, VIDIVERSE_DATA: folder, REDIS_URL: TEST_REDIS, VIDIVERSE_REDIS_PREFIX: prefix };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
