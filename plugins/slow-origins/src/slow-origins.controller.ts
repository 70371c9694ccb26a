import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOAuth2, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OnlyAdministrators } from '@vidiverse/hooks';
import { MeasureRounds } from './measure-rounds.js';
import { state, type State, StateReader } from './state-reader.js';

/** What is watched, how fast its origins are, and what follows from that, for administrators. */
@ApiTags('Plugin slow-origins')
@ApiOAuth2([], 'oauth')
@OnlyAdministrators()
@Controller('plugins-api/slow-origins')
export class SlowOriginsController {
  constructor(
    private readonly reader: StateReader,
    private readonly rounds: MeasureRounds,
  ) {}

  @Get('state')
  @ApiOperation({
    summary: 'What is watched here and whether its origin is slow for it, and why; how fast origins are.',
  })
  @ApiOkResponse({ standardSchema: state })
  state(): Promise<State> {
    return this.reader.read();
  }

  @Post('measure')
  @HttpCode(202)
  @ApiOperation({ summary: 'Measures the origins of what was watched last, ten at most, in the background.' })
  @ApiAcceptedResponse()
  async measure(): Promise<void> {
    await this.rounds.measureAll();
  }
}
