import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser, RequireRole } from '../auth/access.js';
import { type Page, pageQuery, type PageQuery } from '../shared/page.js';
import {
  userCreation,
  type UserCreation,
  userIdParam,
  userUpdate,
  type UserUpdate,
} from './dto/user-requests.js';
import {
  createdUserSchema,
  type CreatedUserView,
  userPageSchema,
  userViewSchema,
  type UserView,
} from './dto/user-view.js';
import { type UserEntity, UserRole } from './user.entity.js';
import { UserMapper } from './user.mapper.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('api/v1/users')
@RequireRole(UserRole.Administrator)
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly mapper: UserMapper,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lists users.' })
  @ApiOkResponse({ standardSchema: userPageSchema })
  async list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<UserView>> {
    const { total, data } = await this.users.list(query);
    return { total, data: await Promise.all(data.map((user) => this.mapper.view(user))) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes a user with an account and a channel.' })
  @ApiOkResponse({ standardSchema: createdUserSchema })
  @ApiConflictResponse({ description: 'Code `user_exists`.' })
  async create(
    @Body({ schema: userCreation }) body: UserCreation,
    @CurrentUser() administrator: UserEntity,
  ): Promise<CreatedUserView> {
    const view = await this.mapper.view(await this.users.create(body, administrator));
    return { user: { id: view.id, account: { id: view.account.id } } };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One user.' })
  @ApiOkResponse({ standardSchema: userViewSchema })
  @ApiNotFoundResponse()
  async get(@Param('id', { schema: userIdParam }) id: number): Promise<UserView> {
    return this.mapper.view(await this.users.find(id));
  }

  @Put(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Changes role, quota, e-mail address or password.' })
  @ApiNoContentResponse()
  async update(
    @Param('id', { schema: userIdParam }) id: number,
    @Body({ schema: userUpdate }) body: UserUpdate,
  ): Promise<void> {
    await this.users.update(id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Deletes a user with account, channels and videos.' })
  @ApiNoContentResponse()
  async remove(@Param('id', { schema: userIdParam }) id: number): Promise<void> {
    await this.users.remove(id);
  }

  @Post(':id/block')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends every session of a user and refuses new ones.' })
  @ApiNoContentResponse()
  async block(@Param('id', { schema: userIdParam }) id: number): Promise<void> {
    await this.users.setBlocked(id, true);
  }

  @Post(':id/unblock')
  @HttpCode(204)
  @ApiOperation({ summary: 'Lets a blocked user in again.' })
  @ApiNoContentResponse()
  async unblock(@Param('id', { schema: userIdParam }) id: number): Promise<void> {
    await this.users.setBlocked(id, false);
  }
}
