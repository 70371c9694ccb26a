import { expect } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { administratorOf, type InstanceClient, type Page } from '../support/client.js';
import { ADMIN_PASSWORD } from '../support/create-instance.js';
import type { Answer, Problem } from '../support/http-client.js';
import { createPluginRegistry, type PluginRegistry, type Published } from '../support/plugin-registry.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';

export const api = '/api/v1/plugins';
export const DECLARED = { vidiverse: { requires: '^0.1.0', rights: ['videos'] } };
/** A hash of nothing. */
export const OTHER_HASH = `sha512-${'A'.repeat(86)}==`;

/** The total of videos says that its hook was asked. */
export const counting = (name: string, total: number, rights = "['videos']"): string => `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin, OnHook, videoListAnswered } from '@vidiverse/hooks';
@Injectable() class Lists { @OnHook(videoListAnswered) answer(page) { return { ...page, total: ${total} }; } }
@Module({ providers: [Lists] }) class Everything {}
export default definePlugin({ name: '${name}', displayName: '${name}', requires: '^0.1.0', rights: ${rights}, module: Everything });`;

export interface PluginState {
  name: string;
  version: string | null;
  state: string;
  problem: string | null;
  restartNeeded: boolean;
  rights: Array<{ name: string }>;
  installed: { npmName: string; version: string; integrity: string; installedBy: string } | null;
}

/** An instance in a process of its own that may install from a registry beside it. */
export class RegistryServer {
  private constructor(
    readonly registry: PluginRegistry,
    readonly server: ServerProcess,
    /** Its administrator. */
    readonly root: InstanceClient,
  ) {}

  static async start(): Promise<RegistryServer> {
    const registry = await createPluginRegistry();
    const server = await createServerProcess({
      environment: {
        VIDIVERSE_PLUGINS_INSTALL_FROM_REGISTRY: 'true',
        VIDIVERSE_PLUGINS_REGISTRY: registry.address,
        VIDIVERSE_PLUGINS_MAX_PACKAGE_SIZE: '20000',
        VIDIVERSE_PLUGINS_MAX_INSTALLED_SIZE: '100000',
        VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
        VIDIVERSE_LOG_LEVEL: 'log',
      },
    });
    await server.start();
    return new RegistryServer(registry, server, await administratorOf(server));
  }

  /** `change`: what happens while it does not run. */
  async restart(change: () => Promise<void> = async () => undefined): Promise<void> {
    process.kill(this.server.pid, 'SIGTERM');
    await this.server.gone();
    await change();
    await this.server.start();
  }

  send(action: 'install' | 'update', json: object): Promise<Answer<PluginState & Problem>> {
    return this.root.ask('POST', `${api}/${action}`, { json });
  }

  uninstall(npmName: string): Promise<void> {
    return this.root.call('POST', `${api}/uninstall`, { json: { npmName } });
  }

  async plugins(): Promise<PluginState[]> {
    return (await this.root.call<Page<PluginState>>('GET', api)).data;
  }

  async videoTotal(): Promise<number> {
    return (await this.root.videos()).total;
  }

  /** Where packages are installed. */
  get folder(): string {
    return join(this.server.dataFolder, 'plugins', 'packages');
  }

  folders(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }

  /** It is refused so, and nothing of it is left. Answers the code. */
  async expectRefused(
    request: { npmName: string; [field: string]: unknown },
    status: number,
    says: RegExp,
  ): Promise<string | undefined> {
    const before = await this.folders();
    const answer = await this.send('install', request);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(says)]);
    expect(await this.folders()).toEqual(before);
    expect((await this.plugins()).map(({ installed }) => installed?.npmName)).not.toContain(request.npmName);
    return answer.body.code;
  }

  async close(): Promise<void> {
    await this.server.remove();
    await this.registry.close();
  }
}

/** To install what was published, as an administrator agrees to it. */
export const requestFor = ({ manifest: { name, dist } }: Published) => ({
  npmName: name,
  integrity: dist.integrity,
  password: ADMIN_PASSWORD,
});
