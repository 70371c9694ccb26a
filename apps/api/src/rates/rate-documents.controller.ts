import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { CONTEXT } from '@vidiverse/federation';
import type { FastifyReply } from 'fastify';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { sendActivityJson } from '../federation/activity-json.js';
import { DOCUMENTS } from '../federation/content-negotiation.js';
import { NotFoundError } from '../shared/domain-error.js';
import { isOpen } from '../videos/video-access.js';
import { videoUrl } from '../videos/video-object.mapper.js';
import { rateActivity } from './rate-activity.js';
import { type Rate, VideoRateEntity } from './video-rate.entity.js';

const rateParams = z.object({ name: z.string().max(255), id: z.coerce.number().int().positive() });
type RateParams = z.output<typeof rateParams>;

/** Likes and dislikes of our users as ActivityPub, at their ids. */
@ApiExcludeController()
@Controller(`${DOCUMENTS}/accounts/:name`)
export class RateDocumentsController {
  constructor(
    @InjectRepository(VideoRateEntity) private readonly rates: Repository<VideoRateEntity>,
    private readonly config: Config,
  ) {}

  @Get('likes/:id')
  like(@Param({ schema: rateParams }) params: RateParams, @Res() reply: FastifyReply): Promise<void> {
    return this.send(params, 'like', reply);
  }

  @Get('dislikes/:id')
  dislike(@Param({ schema: rateParams }) params: RateParams, @Res() reply: FastifyReply): Promise<void> {
    return this.send(params, 'dislike', reply);
  }

  private async send({ name, id }: RateParams, type: Rate, reply: FastifyReply): Promise<void> {
    const rate = await this.rates.findOne({
      where: { id, type, account: { name: name.toLowerCase(), host: '' } },
      relations: { account: { actor: true }, video: { channel: { account: { actor: true } } } },
    });
    if (!rate || !isOpen(rate.video!.privacy)) throw new NotFoundError('Activity');
    const { video, account } = rate;
    const url = video!.url ?? videoUrl(this.config, video!);
    const activity = rateActivity(rate, account!.actor!, url, video!.channel!.account!.actor!);
    await sendActivityJson(reply, { '@context': CONTEXT, ...activity });
  }
}
