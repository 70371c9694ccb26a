import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { createApp } from '../create-app.js';

const PASSWORD = 'correct horse battery';

export interface TestInstanceOptions {
  /** Folders of plugins' packages (built), or their names. */
  plugins?: string[];
  /** More settings, by environment name. */
  environment?: Record<string, string>;
}

/** A real instance on loopback, with SQLite in a temporary folder; for tests of plugins. */
export interface TestInstance {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** As it stands in handles: with the port. */
  readonly host: string;
  /** Asks the REST API as the administrator. @throws Error with status and problem when it is no success */
  call<Answer = unknown>(method: string, path: string, json?: unknown): Promise<Answer>;
  /** Ends it and removes what it kept. */
  close(): Promise<void>;
}

/** Starts an instance with these plugins; nothing is told to anybody else. */
export async function createTestInstance(options: TestInstanceOptions = {}): Promise<TestInstance> {
  const data = await mkdtemp(join(tmpdir(), 'vidiverse-plugin-test-'));
  const host = `127.0.0.1:${await freePort()}`;
  const environment = {
    VIDIVERSE_DATA: data,
    VIDIVERSE_LISTEN: host,
    VIDIVERSE_ADMIN_PASSWORD: PASSWORD,
    VIDIVERSE_LOG_LEVEL: 'error',
    VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
    VIDIVERSE_WEBRTC_STUN_SERVERS: 'none',
    VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000',
    VIDIVERSE_PLUGINS_LIST: (options.plugins ?? []).join(','),
    ...options.environment,
  };
  const app = await createApp(loadConfig(environment));
  const token = await logIn(app.address);
  return {
    address: app.address,
    host,
    call: (method, path, json) => ask(app.address, method, path, json, { authorization: `Bearer ${token}` }),
    close: async () => {
      await app.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Two that may speak to each other; the plugins are in both. */
export async function createTwoInstances(
  options: TestInstanceOptions = {},
): Promise<[TestInstance, TestInstance]> {
  const environment = {
    VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
    VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '50',
    ...options.environment,
  };
  // One after the other: two that start at once may be given the same free port.
  const first = await createTestInstance({ ...options, environment });
  return [first, await createTestInstance({ ...options, environment })];
}

async function logIn(address: string): Promise<string> {
  const client = await ask<Record<string, string>>(address, 'GET', '/api/v1/oauth-clients/local');
  const body = new URLSearchParams({
    ...client,
    grant_type: 'password',
    username: 'root',
    password: PASSWORD,
  });
  const answer = await fetch(`${address}/api/v1/users/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask<Answer>(
  address: string,
  method: string,
  path: string,
  json?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(address + path, { method, headers: { ...headers, ...type }, ...body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
