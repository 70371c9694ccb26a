import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { IgnoresToken } from '../auth/access.js';
import { setUpQuery, setUpRequest, type SetUpRequest, setUpStateSchema } from './dto/set-up.js';
import { SetUpService } from './set-up.service.js';

/** Beyond PeerTube: the one-time link of the first start. */
@ApiTags('Set-up (Vidiverse)')
@Controller('api/v1/setup')
@IgnoresToken()
export class SetUpController {
  constructor(private readonly setUp: SetUpService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether a set-up link is still good.' })
  @ApiOkResponse({ standardSchema: setUpStateSchema })
  look(
    @Query({ schema: setUpQuery }) { token }: { token: string },
  ): Promise<{ valid: boolean; username: string }> {
    return this.setUp.look(token);
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sets the administrator’s password (and name), once.' })
  @ApiNoContentResponse()
  @ApiForbiddenResponse({ description: 'Code `invalid_setup_link`: wrong, used or too old.' })
  async complete(@Body({ schema: setUpRequest }) body: SetUpRequest): Promise<void> {
    await this.setUp.complete(body);
  }
}
