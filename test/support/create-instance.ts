import { createApp, loadConfig, type App } from '@vidiverse/api';
import { keptKeyPair } from '@vidiverse/federation/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from './databases.js';

export const ADMIN_PASSWORD = 'correct horse battery';

/** An instance of its own: data folder, port, database. `close` removes all of it. */
export interface TestInstance extends App {
  readonly dataFolder: string;
  /** Stops it and starts another on the same data, port and database. */
  restart(): Promise<TestInstance>;
}

export interface InstanceOptions {
  /** More settings, by environment name. */
  environment?: Record<string, string>;
}

/**
 * Starts a real instance on loopback. `VIDIVERSE_TEST_BACKEND=services` gives it MariaDB and Redis, otherwise SQLite and
 * the embedded queue: the same suites run on both.
 */
export async function createInstance({ environment = {} }: InstanceOptions = {}): Promise<TestInstance> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'vidiverse-test-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const backend = await createTestDatabase();
  const settings = {
    VIDIVERSE_DATA: dataFolder,
    VIDIVERSE_LISTEN: listen,
    VIDIVERSE_ADMIN_PASSWORD: ADMIN_PASSWORD,
    VIDIVERSE_LOG_LEVEL: 'error',
    // Tests speak to this machine only.
    VIDIVERSE_WEBRTC_STUN_SERVERS: 'none',
    VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
    ...backend.environment,
    ...environment,
  };
  const start = async (): Promise<TestInstance> => {
    const app = await createApp(loadConfig(settings), { newKeyPair: keptKeyPair });
    return {
      ...app,
      dataFolder,
      restart: async () => {
        await app.close();
        return start();
      },
      close: async () => {
        await app.close();
        await backend.drop();
        await rm(dataFolder, { recursive: true, force: true });
      },
    };
  };
  return start();
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
