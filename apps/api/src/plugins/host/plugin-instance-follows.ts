import { Logger } from '@nestjs/common';
import { type Blocks, hostOf, normalizeHost } from '@vidiverse/federation';
import { type FollowedInstance, InstanceFollowError, InstanceFollows } from '@vidiverse/hooks';
import { type DataSource, In } from 'typeorm';
import type { Config } from '../../config/config.js';
import { FollowTargetEntity } from '../../following/follow-target.entity.js';
import { FollowEntity } from '../../following/follow.entity.js';
import type { FollowingService } from '../../following/following.service.js';
import { NotFoundError } from '../../shared/domain-error.js';

const MAX_COUNT = 100;

/** Follows of instances in the name of this one, as one plugin asks for them. */
export class PluginInstanceFollows extends InstanceFollows {
  private readonly logger = new Logger('Plugins');

  constructor(
    private readonly plugin: string,
    private readonly parts: {
      config: Config;
      dataSource: DataSource;
      following: FollowingService;
      blocks: Blocks;
    },
  ) {
    super();
  }

  async follow(host: string): Promise<void> {
    const { config, following, blocks } = this.parts;
    const wanted = normalizeHost(host);
    if (wanted === null || wanted === hostOf(config.url))
      throw new InstanceFollowError('bad_host', `${host.slice(0, 255)} is not the host of another instance.`);
    if (await blocks.hasHost(wanted)) throw new InstanceFollowError('blocked', `${wanted} is blocked here.`);
    if ((await this.all()).some((known) => known.host === wanted && known.state !== 'failed')) return;
    await following.follow({ hosts: [wanted] });
    this.logger.log(`plugin ${this.plugin} asks to follow ${wanted}`);
  }

  async unfollow(host: string): Promise<boolean> {
    try {
      await this.parts.following.unfollow(normalizeHost(host) ?? host);
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
    this.logger.log(`plugin ${this.plugin} ends following ${host}`);
    return true;
  }

  async list({ start = 0, count = MAX_COUNT } = {}): Promise<{ total: number; data: FollowedInstance[] }> {
    const all = await this.all();
    return { total: all.length, data: all.slice(start, start + Math.min(count, MAX_COUNT)) };
  }

  /** By host. An instance follows some hundreds of others. */
  private async all(): Promise<FollowedInstance[]> {
    const { manager } = this.parts.dataSource;
    const follows = await manager.find(FollowEntity, {
      where: {
        follower: { host: '', type: 'Application' },
        target: { type: In(['Application', 'Service']) },
      },
      relations: { target: true },
    });
    const targets = await manager.find(FollowTargetEntity);
    const found: FollowedInstance[] = [
      ...follows.map(({ target, state, reason, createdAt }) => ({
        ...{ host: target!.host, state, reason },
        since: createdAt.toISOString(),
      })),
      ...targets
        .filter(({ handle }) => !handle.includes('@'))
        .map(({ handle, state, reason, createdAt }) => ({
          ...{ host: handle, state, reason },
          since: createdAt.toISOString(),
        })),
    ];
    return found.sort((a, b) => (a.host < b.host ? -1 : 1));
  }
}
