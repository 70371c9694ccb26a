import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseFollowBlocks } from '../moderation/database-follow-blocks.js';
import { CrawlJob } from './crawl.job.js';
import { FollowAnswerHandler } from './follow-answer.handler.js';
import { FollowBackExclusionEntity } from './follow-back-exclusion.entity.js';
import { FollowBackExclusions } from './follow-back-exclusions.service.js';
import { FollowBlocks } from './follow-blocks.js';
import { KnownPeopleService } from './known-people.service.js';
import { FollowConstraint } from './follow-constraint.service.js';
import { FollowHooks } from './follow-hooks.service.js';
import { FollowListsController } from './follow-lists.controller.js';
import { FollowListService } from './follow-list.service.js';
import { FollowMessages } from './follow-messages.service.js';
import { FollowPolicyController } from './follow-policy.controller.js';
import { FollowPolicyService } from './follow-policy.service.js';
import { FollowReviews } from './follow-reviews.service.js';
import { FollowSettingsService } from './follow-settings.service.js';
import { FollowTargetEntity } from './follow-target.entity.js';
import { FollowTargetJob } from './follow-target.job.js';
import { FollowEntity } from './follow.entity.js';
import { Followed } from './followed.service.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import { FollowersController } from './followers.controller.js';
import { FollowersService } from './followers.service.js';
import { FollowingController } from './following.controller.js';
import { FollowingService } from './following.service.js';
import { IncomingFollowHandler } from './incoming-follow.handler.js';
import { OutboxCrawlEntity } from './outbox-crawl.entity.js';
import { PolicyVerdictEntity } from './policy-verdict.entity.js';
import { RejectAll } from './reject-all.service.js';
import { UndoFollowHandler } from './undo-follow.handler.js';
import { VerdictSweeper } from './verdict-sweeper.js';

/** Whom we follow, who follows us, and the policy that decides about both. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      FollowEntity,
      FollowTargetEntity,
      OutboxCrawlEntity,
      PolicyVerdictEntity,
      FollowBackExclusionEntity,
    ]),
  ],
  controllers: [FollowListsController, FollowingController, FollowersController, FollowPolicyController],
  providers: [
    // Ports: moderation/ and videos/ answer them.
    { provide: FollowBlocks, useClass: DatabaseFollowBlocks },
    FollowSettingsService,
    FollowReviews,
    FollowHooks,
    FollowMessages,
    Followed,
    FollowerDecisions,
    IncomingFollowHandler,
    UndoFollowHandler,
    FollowAnswerHandler,
    FollowTargetJob,
    CrawlJob,
    RejectAll,
    VerdictSweeper,
    FollowListService,
    FollowingService,
    FollowersService,
    FollowPolicyService,
    FollowBackExclusions,
    FollowConstraint,
    KnownPeopleService,
  ],
  exports: [
    FollowingService,
    FollowSettingsService,
    FollowConstraint,
    KnownPeopleService,
    Followed,
    FollowerDecisions,
  ],
})
export class FollowingModule {}
