import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { CurrentUser, RequireRole, RequireUser } from '../auth/access.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import type { Page } from '../shared/page.js';
import { type UserEntity, UserRole } from '../users/user.entity.js';
import type { AbuseEntity } from './abuse.entity.js';
import { abuseView } from './abuse.mapper.js';
import { AbusesService } from './abuses.service.js';
import {
  abuseCreation,
  type AbuseCreation,
  abuseListQuery,
  type AbuseListQuery,
  abuseParam,
  type AbuseParam,
  abuseUpdate,
  type AbuseUpdate,
} from './dto/abuse-requests.js';
import {
  abusePageSchema,
  abuseSchema,
  type AbuseView,
  createdAbuseSchema,
  type CreatedAbuseView,
} from './dto/abuse-views.js';

const RequireStaff = () => RequireRole(UserRole.Administrator, UserRole.Moderator);

@ApiTags('Reports')
@Controller('api/v1/abuses')
export class AbusesController {
  constructor(
    private readonly abuses: AbusesService,
    private readonly people: KnownPeopleService,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireUser()
  @ApiOperation({
    summary: 'Reports a video, a comment or an account to the staff, and to that of its instance.',
  })
  @ApiOkResponse({ standardSchema: createdAbuseSchema })
  @ApiNotFoundResponse({ description: 'There is no such thing.' })
  @ApiTooManyRequestsResponse({ description: 'More than `interaction.reportsPerWindow`.' })
  async create(
    @Body({ schema: abuseCreation }) creation: AbuseCreation,
    @CurrentUser() user: UserEntity,
  ): Promise<CreatedAbuseView> {
    const { id } = await this.abuses.create(user, creation);
    return { abuse: { id } };
  }

  @Get()
  @RequireStaff()
  @ApiOperation({ summary: 'Lists reports.' })
  @ApiOkResponse({ standardSchema: abusePageSchema })
  async list(@Query({ schema: abuseListQuery }) query: AbuseListQuery): Promise<Page<AbuseView>> {
    const [abuses, total] = await this.abuses.list(query);
    return { total, data: await this.views(abuses) };
  }

  @Get(':id')
  @RequireStaff()
  @ApiOperation({ summary: 'One report.' })
  @ApiOkResponse({ standardSchema: abuseSchema })
  @ApiNotFoundResponse()
  async get(@Param({ schema: abuseParam }) { id }: AbuseParam): Promise<AbuseView> {
    const [view] = await this.views([await this.abuses.get(id)]);
    return view!;
  }

  @Put(':id')
  @HttpCode(204)
  @RequireStaff()
  @ApiOperation({ summary: 'Says what became of a report.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async update(
    @Param({ schema: abuseParam }) { id }: AbuseParam,
    @Body({ schema: abuseUpdate }) changes: AbuseUpdate,
  ): Promise<void> {
    await this.abuses.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireStaff()
  @ApiOperation({ summary: 'Deletes a report.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async remove(@Param({ schema: abuseParam }) { id }: AbuseParam): Promise<void> {
    await this.abuses.remove(id);
  }

  private async views(abuses: AbuseEntity[]): Promise<AbuseView[]> {
    const people = abuses.flatMap(({ reporterAccount, flaggedAccount }) => [reporterAccount, flaggedAccount]);
    const known = await this.people.of(people);
    return abuses.map((abuse) => abuseView(abuse, known));
  }
}
