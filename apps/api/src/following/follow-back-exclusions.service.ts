import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { isDuplicate } from '../database/is-duplicate.js';
import { NotFoundError } from '../shared/domain-error.js';
import type { Page, PageQuery } from '../shared/page.js';
import type { ExclusionCreation } from './dto/policy-requests.js';
import { FollowBackExclusionEntity } from './follow-back-exclusion.entity.js';

/** The blacklist: instances that are never followed back. What is followed already stays followed. */
@Injectable()
export class FollowBackExclusions {
  constructor(
    @InjectRepository(FollowBackExclusionEntity)
    private readonly exclusions: Repository<FollowBackExclusionEntity>,
  ) {}

  async list({ start, count }: PageQuery): Promise<Page<FollowBackExclusionEntity>> {
    const order = { host: 'ASC' } as const;
    const [data, total] = await this.exclusions.findAndCount({ order, skip: start, take: count });
    return { total, data };
  }

  /** Adds it, or changes its note. */
  async put({ host, note = null }: ExclusionCreation): Promise<void> {
    try {
      await this.exclusions.save(this.exclusions.create({ host, note }));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.exclusions.update({ host }, { note, updatedAt: new Date() });
    }
  }

  /** @throws NotFoundError */
  async remove(host: string): Promise<void> {
    const { affected } = await this.exclusions.delete({ host });
    if (!affected) throw new NotFoundError('Host');
  }
}
