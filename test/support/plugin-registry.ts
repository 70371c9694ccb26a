import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pluginPackages } from './plugin-packages.js';

type Manifest = Record<string, unknown> & {
  name: string;
  version: string;
  dist: { tarball: string; integrity: string; unpackedSize: number };
};

export interface Published {
  /** As the registry tells it. Change it as you like. */
  manifest: Manifest;
  tarball: Buffer;
}

/** A registry of packages on loopback, as far as npm and an instance ask one. */
export interface PluginRegistry {
  readonly address: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** Packs a plugin from its source, and has its newest version. `fields`: more of package.json. */
  publish(name: string, source: string, fields?: Record<string, unknown>): Promise<Published>;
  close(): Promise<void>;
}

export const sha512Of = (bytes: Buffer): string =>
  `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

export async function createPluginRegistry(): Promise<PluginRegistry> {
  const packages = await pluginPackages();
  const output = await mkdtemp(join(tmpdir(), 'vidiverse-packed-'));
  const asked: string[] = [];
  const published: Published[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://x');
    asked.push(pathname);
    answer(published, pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    asked,
    publish: async (name, source, fields = {}) => {
      const written = {
        ...{ name: `vidiverse-plugin-${name}`, version: '1.0.0', type: 'module', main: 'dist/index.js' },
        ...fields,
      };
      const folder = await packages.make(name, source, { 'package.json': JSON.stringify(written) });
      const tarball = await packed(folder, output);
      const dist = {
        tarball: `${address}/${written.name}/-/${written.version}.tgz`,
        integrity: sha512Of(tarball),
        unpackedSize: 1000,
      };
      const entry = { manifest: { ...written, dist, _npmUser: { name: 'someone' } }, tarball };
      published.push(entry);
      return entry;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await packages.remove();
      await rm(output, { recursive: true, force: true });
    },
  };
}

async function packed(folder: string, output: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', output],
    { cwd: folder },
  );
  return readFile(join(output, stdout.trim()));
}

/** `/<package>`, `/<package>/<version>`, `/<package>/-/<version>.tgz` and the search, whatever its words. */
function answer(published: Published[], path: string, response: ServerResponse): void {
  const json = (body: unknown) =>
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  if (path === '/-/v1/search') {
    const objects = published.map(({ manifest }) => ({
      package: { ...manifest, date: '2026-11-01T00:00:00.000Z', publisher: { username: 'someone' } },
    }));
    return void json({ total: objects.length, objects });
  }
  const [, name, version, file] = path.split('/');
  const versions = published.filter(({ manifest }) => manifest.name === name);
  const find = (wanted: string) =>
    wanted === 'latest' ? versions.at(-1) : versions.find(({ manifest }) => manifest.version === wanted);
  if (version === '-') return void response.end(find(file!.replace('.tgz', ''))?.tarball);
  if (version !== undefined) return void json(find(version)?.manifest);
  const latest = versions.at(-1);
  json(
    latest && {
      name,
      'dist-tags': { latest: latest.manifest.version },
      versions: Object.fromEntries(versions.map(({ manifest }) => [manifest.version, manifest])),
    },
  );
}
