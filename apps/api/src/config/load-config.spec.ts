import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ConfigError } from './config.errors.js';
import { environmentNames } from './environment-names.js';
import { loadConfig } from './load-config.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vidiverse-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.yaml`);
  await writeFile(path, content);
  return path;
}

function errorOf(environment: Record<string, string>): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error('the configuration was accepted');
}

describe('without any setting', () => {
  test('there is a configuration that needs nothing installed', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      url: 'http://127.0.0.1:9000',
      listen: '127.0.0.1:9000',
      data: resolve('./data'),
    });
    expect([config.database.url, config.redis.url]).toEqual([undefined, undefined]);
    expect(config.federation.allowPrivatePeers).toBe(false);
  });

  test('every key has one variable of its own', () => {
    const names = environmentNames().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'VIDIVERSE_URL',
        'VIDIVERSE_ADMIN_PASSWORD',
        'DATABASE_URL',
        'REDIS_URL',
        'VIDIVERSE_ALLOW_PRIVATE_PEERS',
      ]),
    );
  });
});

describe('settings', () => {
  test('the environment wins over the file, and lists and numbers are read from both', async () => {
    const path = await file(
      'listen: 127.0.0.1:9100\nmedia:\n  transcoding:\n    resolutions: [240, 480]\njobs:\n  lease: 10\n',
    );
    const config = loadConfig({
      VIDIVERSE_CONFIG: path,
      VIDIVERSE_LISTEN: '127.0.0.1:9200',
      VIDIVERSE_ROLES: 'web, worker',
    });
    expect([config.listen, config.url, config.roles]).toEqual([
      '127.0.0.1:9200',
      'http://127.0.0.1:9200',
      ['web', 'worker'],
    ]);
    expect([config.media.transcoding.resolutions, config.jobs.lease]).toEqual([[240, 480], 10]);
  });

  test('"none" asks no STUN server, and a list may name several', () => {
    const serversOf = (list: string) =>
      loadConfig({ VIDIVERSE_WEBRTC_STUN_SERVERS: list }).webrtc.stunServers;
    expect(serversOf('none')).toEqual([]);
    expect(serversOf('stun:a.test:3478, stuns:[::1]')).toEqual(['stun:a.test:3478', 'stuns:[::1]']);
    for (const wrong of ['a.test', 'http://a.test', 'stun:a.test/x', 'turn:a.test', 'none,stun:a.test'])
      expect(errorOf({ VIDIVERSE_WEBRTC_STUN_SERVERS: wrong }).message).toContain(
        'must be stun:<host>:<port>',
      );
  });

  test('a secret can come from a file', async () => {
    const path = await file('a long secret\n');
    expect(loadConfig({ VIDIVERSE_ADMIN_PASSWORD_FILE: path }).admin.password).toBe('a long secret');
  });
});

describe('a bad configuration', () => {
  test('is refused with every error, each with its source, value and what is allowed', async () => {
    const path = await file('uploads:\n  maxFileSize: lots\nnonsense: 1\n');
    const { issues, message } = errorOf({
      VIDIVERSE_CONFIG: path,
      VIDIVERSE_LISTEN: 'nowhere',
      VIDIVERSE_ROLES: 'web,cook',
      DATABASE_URL: 'postgres://x',
    });
    expect(issues.map(({ source }) => source).sort()).toEqual(
      ['DATABASE_URL', 'VIDIVERSE_LISTEN', 'VIDIVERSE_ROLES', 'nonsense', 'uploads.maxFileSize'].sort(),
    );
    expect(message).toContain('The configuration has 5 errors');
    expect(message).toContain('VIDIVERSE_LISTEN = "nowhere": must be <address>:<port>');
  });

  test('never shows a secret', () => {
    const { message } = errorOf({ VIDIVERSE_ADMIN_PASSWORD: 'short' });
    expect(message).toContain('(hidden): must have at least 8 characters');
    expect(message).not.toContain('short"');
  });

  test('names a file that cannot be read', () => {
    expect(errorOf({ VIDIVERSE_CONFIG: join(folder, 'missing.yaml') }).message).toContain('VIDIVERSE_CONFIG');
    expect(errorOf({ VIDIVERSE_ADMIN_PASSWORD_FILE: join(folder, 'missing') }).message).toContain(
      'VIDIVERSE_ADMIN_PASSWORD_FILE',
    );
  });
});
