import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { buildCollection, buildCollectionPage, CONTEXT } from '@vidiverse/federation';
import type { FastifyReply } from 'fastify';
import { IsNull, Not, type Repository } from 'typeorm';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { sendActivityJson } from '../federation/activity-json.js';
import { DOCUMENTS } from '../federation/content-negotiation.js';
import { ObjectHooks } from '../federation/object-hooks.service.js';
import { LocalVideos } from '../federation/local-videos.service.js';
import { NotFoundError } from '../shared/domain-error.js';
import { parseVideoId } from '../videos/short-uuid.js';
import { isOpen } from '../videos/video-access.js';
import { videoUrl } from '../videos/video-object.mapper.js';
import { CommentActivities } from './comment-activities.service.js';
import { CommentEntity } from './comment.entity.js';
import { isGone } from './comment.mapper.js';
import { commentTombstone } from './comment-object.js';
import { type CommentParams, commentParams } from './dto/comment-requests.js';

/** As many as PeerTube puts on a page. */
const PAGE_SIZE = 10;
const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).optional() });

/** Comments as ActivityPub, at their ids, and all of a video of ours as a collection. */
@ApiExcludeController()
@Controller(`${DOCUMENTS}/videos/watch/:id/comments`)
export class CommentDocumentsController {
  constructor(
    @InjectRepository(CommentEntity) private readonly comments: Repository<CommentEntity>,
    private readonly config: Config,
    private readonly videos: LocalVideos,
    private readonly activities: CommentActivities,
    private readonly hooks: ObjectHooks,
  ) {}

  @Get()
  async all(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) { page }: z.output<typeof pageQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const video = await this.videos.find(id);
    if (!video) throw new NotFoundError('Video');
    const [found, totalItems] = await this.comments.findAndCount({
      where: { videoId: video.id, deletedAt: IsNull(), accountId: Not(IsNull()) },
      order: { id: 'ASC' },
      skip: ((page ?? 1) - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
    });
    const collection = { id: `${videoUrl(this.config, video)}/comments`, totalItems };
    const items = found.map(({ url }) => url!);
    await sendActivityJson(
      reply,
      page === undefined
        ? buildCollection(collection)
        : buildCollectionPage(collection, { page, pageSize: PAGE_SIZE, items }),
    );
  }

  /** Of our users, also on videos of others; what was deleted leaves a Tombstone. */
  @Get(':commentId')
  async one(
    @Param({ schema: commentParams }) params: CommentParams,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const comment = await this.find(params);
    const { video, account } = comment;
    if (!isOpen(video!.privacy) || (account && account.host !== '')) throw new NotFoundError('Comment');
    if (isGone(comment)) void reply.status(410);
    const object = isGone(comment)
      ? commentTombstone(comment)
      : await this.hooks.built(await this.activities.note(this.comments.manager, comment, video!));
    await sendActivityJson(reply, { '@context': CONTEXT, ...object });
  }

  private async find({ id, commentId }: CommentParams): Promise<CommentEntity> {
    const where = parseVideoId(id);
    const found = where && {
      where: { id: commentId, video: where },
      relations: { video: true, account: { actor: true } },
    };
    const comment = found && (await this.comments.findOne(found));
    if (!comment) throw new NotFoundError('Comment');
    return comment;
  }
}
