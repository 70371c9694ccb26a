import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountEntity } from '../accounts/account.entity.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { plainText } from '../shared/plain-text.js';
import { truncate } from '../shared/text.js';
import { knownReasons } from './abuse-reasons.js';
import { AbuseSubjects } from './abuse-subjects.service.js';
import { AbusesService } from './abuses.service.js';

type Flag = ActivityOf<'Flag'>;

/** Characters, as for reports made here. */
const MAX_REASON = 3000;
/** Reports by one activity: Mastodon names an account with several of its posts. */
const MAX_REPORTS = 10;

/** Somebody elsewhere reports what is ours. Mastodon does so by its instance actor, which hides who it was. */
@Injectable()
export class FlagHandler implements ActivityHandler<Flag>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly subjects: AbuseSubjects,
    private readonly abuses: AbusesService,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Flag', this);
  }

  async handle({ objects, content, reasons }: Flag, { actor, manager }: HandleContext): Promise<Outcome> {
    const reporter = await manager.findOneBy(AccountEntity, { actorId: actor.id });
    if (!reporter) return refused('Its actor is no account.');
    const report = {
      reason: truncate(plainText(content), MAX_REASON),
      predefinedReasons: knownReasons(reasons),
      reporterAccountId: reporter.id,
      startAt: null,
      endAt: null,
    };
    let reports = 0;
    for (const url of new Set(objects)) {
      const reported = reports < MAX_REPORTS ? await this.subjects.byUrl(manager, url) : null;
      if (!reported) continue;
      await this.abuses.save(manager, reported, report);
      reports += 1;
    }
    return reports > 0 ? applied() : refused('Nothing of what it reports is here.');
  }
}
