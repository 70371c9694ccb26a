import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IgnoresToken } from '../auth/access.js';

@ApiTags('Instance')
@Controller('api/v1/ping')
@IgnoresToken()
export class PingController {
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'Answers `pong` while the server takes requests.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string', example: 'pong' } } } })
  ping(): string {
    return 'pong';
  }
}
