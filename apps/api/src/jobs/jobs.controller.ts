import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import type { Page } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import {
  jobIdParam,
  jobListQuery,
  jobStateParam,
  toJobListQuery,
  type JobIdParam,
  type JobListParams,
  type JobStateParam,
} from './dto/job-list-query.js';
import { jobPageSchema, toJobJson, type JobJson } from './dto/job-view.js';
import { JobQueue } from './job-queue.js';
import { JobsAdminService } from './jobs-admin.service.js';

/** Background jobs, for administrators. */
@ApiTags('Jobs')
@Controller('api/v1/jobs')
@RequireRole(UserRole.Administrator)
export class JobsController {
  constructor(
    private readonly queue: JobQueue,
    private readonly admin: JobsAdminService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Jobs in every state.' })
  @ApiOkResponse({ standardSchema: jobPageSchema })
  listAll(@Query({ schema: jobListQuery }) query: JobListParams): Promise<Page<JobJson>> {
    return this.list({}, query);
  }

  @Get(':state')
  @ApiOperation({ summary: 'Jobs in one state.' })
  @ApiOkResponse({ standardSchema: jobPageSchema })
  async list(
    @Param({ schema: jobStateParam }) state: JobStateParam,
    @Query({ schema: jobListQuery }) params: JobListParams,
  ): Promise<Page<JobJson>> {
    const query = toJobListQuery(state, params);
    if (!query) return { total: 0, data: [] };
    const { total, data } = await this.queue.list(query);
    return { total, data: data.map(toJobJson) };
  }

  @Post('pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'No process begins a job until `resume`. Running jobs go on, new ones wait.' })
  @ApiNoContentResponse()
  pause(): Promise<void> {
    return this.queue.pause();
  }

  @Post('resume')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a pause.' })
  @ApiNoContentResponse()
  resume(): Promise<void> {
    return this.queue.resume();
  }

  @Post(':id/retry')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Beyond PeerTube: runs a failed, cancelled or set-aside job again, its counters at zero.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: '`job_state`: the job is in another state.' })
  retry(@Param({ schema: jobIdParam }) { id }: JobIdParam): Promise<void> {
    return this.admin.retry(id);
  }

  @Post(':id/cancel')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Beyond PeerTube: cancels a waiting job; tells a running one to stop, which then is cancelled.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: '`job_state`: the job had finished already.' })
  cancel(@Param({ schema: jobIdParam }) { id }: JobIdParam): Promise<void> {
    return this.admin.cancel(id);
  }
}
