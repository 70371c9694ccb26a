import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOAuth2, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OnlyAdministrators } from '@vidiverse/hooks';
import { z } from 'zod';
import { IndexRounds, type IndexState } from './index-rounds.js';
import { runReport } from './run-report.js';

const indexState = z.object({
  lastRun: runReport.nullable().describe('Null: there was none yet.'),
  nextRunAt: z.string().nullable().describe('ISO 8601; null: no index is named.'),
});

/** What the plugin has done, for administrators. */
@ApiTags('Plugin instance-index')
@ApiOAuth2([], 'oauth')
@OnlyAdministrators()
@Controller('plugins-api/instance-index')
export class InstanceIndexController {
  constructor(private readonly rounds: IndexRounds) {}

  @Get('state')
  @ApiOperation({ summary: 'The last look at the index: whom it followed, whom not, and why.' })
  @ApiOkResponse({ standardSchema: indexState })
  state(): Promise<IndexState> {
    return this.rounds.state();
  }

  @Post('run')
  @HttpCode(202)
  @ApiOperation({ summary: 'Looks at the index now, in the background.' })
  @ApiAcceptedResponse()
  async run(): Promise<void> {
    await this.rounds.lookNow();
  }
}
