import { Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { UserRole } from '../users/user.entity.js';
import { handleParam, type HandleParam } from './dto/follow-requests.js';
import { FollowersService } from './followers.service.js';

/** Who may follow this instance, its channels and accounts. */
@ApiTags('Following')
@Controller('api/v1/server/followers')
@RequireRole(UserRole.Administrator)
export class FollowersController {
  constructor(private readonly followers: FollowersService) {}

  @Post(':handle/accept')
  @HttpCode(204)
  @ApiOperation({ summary: 'Accepts a follower that waits or was rejected.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async accept(@Param({ schema: handleParam }) { handle }: HandleParam): Promise<void> {
    await this.followers.accept(handle);
  }

  @Post(':handle/reject')
  @HttpCode(204)
  @ApiOperation({ summary: 'Rejects a follower, also when it asks again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async reject(@Param({ schema: handleParam }) { handle }: HandleParam): Promise<void> {
    await this.followers.reject(handle);
  }

  @Delete(':handle')
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes a follower, which may ask again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async remove(@Param({ schema: handleParam }) { handle }: HandleParam): Promise<void> {
    await this.followers.remove(handle);
  }
}
