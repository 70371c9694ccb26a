import { Injectable } from '@nestjs/common';
import { Attempts } from '../auth/attempts.js';
import { Config } from '../config/config.js';
import { TooManyRequestsError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';

type Kind = 'comment' | 'rate' | 'report';

/** How often one user may say something that other servers hear of (`interaction.*`). Counted in each process alone. */
@Injectable()
export class InteractionLimits {
  private readonly done: Record<Kind, Attempts>;

  constructor({ interaction }: Config) {
    const per = (limit: number) => new Attempts(limit, interaction.window * 1000);
    this.done = {
      comment: per(interaction.commentsPerWindow),
      rate: per(interaction.ratesPerWindow),
      report: per(interaction.reportsPerWindow),
    };
  }

  /** @throws TooManyRequestsError */
  count(kind: Kind, { id }: Pick<UserEntity, 'id'>): void {
    const wait = this.done[kind].waitFor(String(id));
    if (wait > 0) throw new TooManyRequestsError('That was too often. Try again later.', wait / 1000);
    this.done[kind].add(String(id));
  }
}
