import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { type Page, pageQuery, type PageQuery } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import {
  dryRunRequest,
  type DryRunRequest,
  exclusionCreation,
  type ExclusionCreation,
  exclusionParam,
  type ExclusionParam,
  rejectAllQuery,
  type RejectAllQuery,
  verdictListQuery,
  type VerdictListQuery,
} from './dto/policy-requests.js';
import {
  dryRunSchema,
  type DryRunView,
  exclusionPageSchema,
  type ExclusionView,
  rejectAllSchema,
  type RejectAllView,
  type StoredVerdictView,
  verdictPageSchema,
} from './dto/policy-views.js';
import { FollowBackExclusions } from './follow-back-exclusions.service.js';
import { FollowListService } from './follow-list.service.js';
import { toExclusionView, toVerdictView } from './follow-policy.mapper.js';
import { FollowPolicyService } from './follow-policy.service.js';
import { RejectAll } from './reject-all.service.js';

/** Who may follow us, and whom we follow back. (Ours, not in PeerTube; its settings are at `config/custom`.) */
@ApiTags('Following')
@Controller('api/v1/server/follow-policy')
@RequireRole(UserRole.Administrator)
export class FollowPolicyController {
  constructor(
    private readonly policy: FollowPolicyService,
    private readonly exclusions: FollowBackExclusions,
    private readonly rejection: RejectAll,
    private readonly lists: FollowListService,
  ) {}

  @Get('verdicts')
  @ApiOperation({ summary: 'What the policy decided and why, the newest first.' })
  @ApiOkResponse({ standardSchema: verdictPageSchema })
  async verdicts(
    @Query({ schema: verdictListQuery }) query: VerdictListQuery,
  ): Promise<Page<StoredVerdictView>> {
    const { total, data } = await this.policy.verdicts(query);
    return { total, data: data.map(toVerdictView) };
  }

  @Post('dry-run')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What would happen if they followed this instance now, and why. Nothing is changed.',
  })
  @ApiOkResponse({ standardSchema: dryRunSchema })
  @ApiUnprocessableEntityResponse({ description: '`actor_not_found`, `own_actor`.' })
  async dryRun(@Body({ schema: dryRunRequest }) body: DryRunRequest): Promise<DryRunView> {
    const { follower, found, follow, followBack } = await this.policy.dryRun(body);
    const { url, host, type } = follower;
    return { follower: { url, host, type, found }, follow, followBack };
  }

  @Post('reject-all')
  @HttpCode(200)
  @ApiOperation({ summary: 'Rejects all who follow now, by a job; new ones are rejected by the settings.' })
  @ApiOkResponse({ standardSchema: rejectAllSchema })
  async rejectAll(@Query({ schema: rejectAllQuery }) query: RejectAllQuery): Promise<RejectAllView> {
    const { total, data } = await this.rejection.preview(query);
    const views = await this.lists.views(data);
    if (!query.dryRun) await this.rejection.start();
    return { dryRun: query.dryRun, total, data: views };
  }

  @Get('never-followed-back')
  @ApiOperation({ summary: 'The blacklist: instances that are never followed back.' })
  @ApiOkResponse({ standardSchema: exclusionPageSchema })
  async excluded(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ExclusionView>> {
    const { total, data } = await this.exclusions.list(query);
    return { total, data: data.map(toExclusionView) };
  }

  @Post('never-followed-back')
  @HttpCode(204)
  @ApiOperation({ summary: 'Puts an instance on the blacklist, or changes its note.' })
  @ApiNoContentResponse()
  async exclude(@Body({ schema: exclusionCreation }) body: ExclusionCreation): Promise<void> {
    await this.exclusions.put(body);
  }

  @Delete('never-followed-back/:host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes an instance off the blacklist.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async include(@Param({ schema: exclusionParam }) { host }: ExclusionParam): Promise<void> {
    await this.exclusions.remove(host);
  }
}
