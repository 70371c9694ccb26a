import { Controller, Delete, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOAuth2,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { OnlyAdministrators } from '@vidiverse/hooks';
import { z } from 'zod';
import { Deliveries } from './deliveries.js';
import { Undelivered, type UndeliveredMessage } from './undelivered.js';

const page = z.object({
  start: z.coerce.number().int().min(0).default(0).describe('Items to skip.'),
  count: z.coerce.number().int().min(0).max(100).default(15).describe('Items to answer, at most 100.'),
});

const message = z.object({
  id: z.string(),
  url: z.string(),
  event: z.string().describe('Name of the hook.'),
  body: z.string().describe('JSON as it was sent.'),
  gaveUpAt: z.string().describe('ISO 8601.'),
  attempts: z.number().int(),
  problem: z.string().describe('What the last try came to.'),
});

const messages = z.object({ total: z.number().int(), data: z.array(message) });

/** What could not be delivered, for administrators. */
@ApiTags('Plugin webhooks')
@ApiOAuth2([], 'oauth')
@OnlyAdministrators()
@Controller('plugins-api/webhooks/undelivered')
export class WebhooksController {
  constructor(
    private readonly undelivered: Undelivered,
    private readonly deliveries: Deliveries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Messages that were given up after a day, the newest first.' })
  @ApiOkResponse({ standardSchema: messages })
  async list(
    @Query({ schema: page }) { start, count }: z.output<typeof page>,
  ): Promise<z.output<typeof messages>> {
    const all = (await this.undelivered.all()).reverse();
    return { total: all.length, data: all.slice(start, start + count) };
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends one again, in the background, and for a day.' })
  @ApiAcceptedResponse()
  @ApiNotFoundResponse({ description: 'There is no such message.' })
  async retry(@Param('id') id: string): Promise<void> {
    const found = await this.find(id);
    await this.deliveries.send(found);
    await this.undelivered.remove(found);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forgets one.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There is no such message.' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.undelivered.remove(await this.find(id));
  }

  private async find(id: string): Promise<UndeliveredMessage> {
    const found = await this.undelivered.find(id);
    if (!found) throw new NotFoundException('Message not found.');
    return found;
  }
}
