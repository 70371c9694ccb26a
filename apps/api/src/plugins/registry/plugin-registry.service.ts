import { Injectable } from '@nestjs/common';
import { RemoteError } from '@vidiverse/federation';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Config } from '../../config/config.js';
import { ConflictError, DomainError, NotFoundError, TooLargeError } from '../../shared/domain-error.js';
import type { PageQuery } from '../../shared/page.js';
import { isPackageName } from './package-names.js';
import { type Hit, searchAnswer, type VersionAnswer, versionAnswer } from './registry-answers.js';
import { RegistryClient } from './registry-client.js';

/** Packages of plugins carry this word; names alone are no search term of the registry. */
const KEYWORD = 'vidiverse-plugin';
/** Bytes of an answer that is no package. */
const MAX_ANSWER = 2 * 1024 * 1024;

/** Asks the registry that the configuration names, by the instance's guarded client. */
@Injectable()
export class PluginRegistry {
  constructor(
    private readonly client: RegistryClient,
    private readonly config: Config,
  ) {}

  /** Without a slash at its end. */
  get address(): string {
    return new URL(this.config.plugins.registry).href.replace(/\/+$/, '');
  }

  /** Plugins by words. `total` is what the registry says; hits with names of other things are left out. @throws DomainError */
  async search(words: string, { start, count }: PageQuery): Promise<{ total: number; hits: Hit[] }> {
    const query = new URLSearchParams({
      text: `${words} keywords:${KEYWORD}`.trim(),
      size: `${count}`,
      from: `${start}`,
    });
    const { total, objects } = await this.read(`/-/v1/search?${query}`, searchAnswer);
    return { total, hits: objects.filter(({ name }) => isPackageName(name)).slice(0, count) };
  }

  /** One version of a package, without it the newest. @throws NotFoundError, DomainError */
  async version(npmName: string, version?: string): Promise<VersionAnswer> {
    const answer = await this.read(`/${npmName}/${version ?? 'latest'}`, versionAnswer);
    if (answer.name !== npmName || (version !== undefined && answer.version !== version))
      throw failed(`it answered ${npmName} with another package.`);
    return answer;
  }

  /** The package itself, if it is the one with this hash. @throws TooLargeError, ConflictError, DomainError */
  async download(url: string, integrity: string): Promise<Buffer> {
    if (!new URL(url).href.startsWith(`${this.address}/`))
      throw failed('the package lies at another server.');
    const { maxPackageSize } = this.config.plugins;
    const bytes = await this.get(url, maxPackageSize);
    const hash = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    if (hash !== integrity)
      throw new ConflictError(
        `The package is not the one that was agreed to: its hash is ${hash}.`,
        'integrity_changed',
      );
    return bytes;
  }

  private async read<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const bytes = await this.get(`${this.address}${path}`, MAX_ANSWER);
    try {
      return schema.parse(JSON.parse(bytes.toString()));
    } catch {
      throw failed('its answer cannot be read.');
    }
  }

  private async get(url: string, maxBytes: number): Promise<Buffer> {
    try {
      const { status, body } = await this.client.getAnswer(url, { maxBytes });
      if (status === 404) throw new NotFoundError('Package');
      if (status !== 200) throw failed(`it answered ${status}.`);
      return body;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (error.code === 'too_large')
        throw new TooLargeError(
          `The package is larger than ${maxBytes} bytes (plugins.maxPackageSize).`,
          'package_too_large',
        );
      throw failed(error.message);
    }
  }
}

const failed = (why: string) => new DomainError(502, 'registry_failed', `The registry failed: ${why}`);
