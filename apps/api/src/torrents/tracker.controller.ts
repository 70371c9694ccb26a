import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TrackerGateway } from './tracker.gateway.js';

const bencoded = { content: { 'text/plain': { schema: { type: 'string', format: 'binary' } } } } as const;
const INFO_HASH = { name: 'info_hash', description: '20 bytes, percent encoded.' };

/** Errors are bencoded too, as `failure reason`, with status 200: that is what BitTorrent clients read. */
@ApiTags('Tracker')
@ApiOkResponse(bencoded)
@ApiNotFoundResponse({ description: 'This process is no tracker.' })
@Controller('tracker')
export class TrackerController {
  constructor(private readonly gateway: TrackerGateway) {}

  @Get('announce')
  @ApiOperation({
    summary: 'HTTP announce (BEP 3, BEP 23). The web socket tracker is at `/tracker/socket`.',
  })
  @ApiQuery(INFO_HASH)
  @ApiQuery({ name: 'peer_id', description: '20 bytes, percent encoded.' })
  @ApiQuery({
    name: 'port',
    type: Number,
    description: 'Where the peer listens; its address is the one it asks from.',
  })
  @ApiQuery({ name: 'left', type: Number, required: false, description: 'Bytes it has not got yet.' })
  @ApiQuery({ name: 'numwant', type: Number, required: false, description: 'Peers wanted: 50, at most 82.' })
  @ApiQuery({ name: 'compact', enum: ['0', '1'], required: false })
  @ApiQuery({ name: 'event', enum: ['started', 'stopped', 'completed', 'paused'], required: false })
  announce(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.gateway.answer(request, reply, 'announce');
  }

  @Get('scrape')
  @ApiOperation({ summary: 'Counts of named info hashes, at most 50 (BEP 48).' })
  @ApiQuery({ ...INFO_HASH, isArray: true })
  scrape(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.gateway.answer(request, reply, 'scrape');
  }
}
