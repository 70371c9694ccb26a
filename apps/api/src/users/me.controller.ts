import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { meUpdate, type MeUpdate } from './dto/user-requests.js';
import { quotaUseSchema, type QuotaUseView, userViewSchema, type UserView } from './dto/user-view.js';
import { QuotaService } from './quota.service.js';
import type { UserEntity } from './user.entity.js';
import { UserMapper } from './user.mapper.js';
import { UsersService } from './users.service.js';

@ApiTags('My user')
@Controller('api/v1/users/me')
@RequireUser()
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly quotas: QuotaService,
    private readonly mapper: UserMapper,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The user of this token.' })
  @ApiOkResponse({ standardSchema: userViewSchema })
  get(@CurrentUser() user: UserEntity): Promise<UserView> {
    return this.mapper.view(user);
  }

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Changes the given fields.' })
  @ApiNoContentResponse()
  async update(
    @CurrentUser() user: UserEntity,
    @Body({ schema: meUpdate }) changes: MeUpdate,
  ): Promise<void> {
    await this.users.updateMe(user, changes);
  }

  @Get('video-quota-used')
  @ApiOperation({ summary: 'Bytes that count against the quota, with uploads under way.' })
  @ApiOkResponse({ standardSchema: quotaUseSchema })
  async quotaUsed(@CurrentUser() user: UserEntity): Promise<QuotaUseView> {
    const { total, daily } = await this.quotas.used(user.id, this.dataSource.manager);
    return { videoQuotaUsed: total, videoQuotaUsedDaily: daily };
  }
}
