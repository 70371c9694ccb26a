import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { buildCollection, CONTEXT } from '@vidiverse/federation';
import { objectBuilt } from '@vidiverse/hooks';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { LocalActorKind } from '../actors/actor-urls.js';
import type { ActorEntity } from '../actors/actor.entity.js';
import { ResponseCache } from '../http/response-cache/response-cache.js';
import { NotFoundError } from '../shared/domain-error.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { sendActivityJson } from './activity-json.js';
import { ActorCollections } from './actor-collections.service.js';
import { ActorDocuments } from './actor-documents.service.js';
import { DOCUMENTS } from './content-negotiation.js';
import { LocalVideos } from './local-videos.service.js';
import { ObjectHooks } from './object-hooks.service.js';
import { SignedDocuments } from './signed-documents.service.js';
import { VideoActivities } from './video-activities.service.js';
import { VideoAnnounces } from './video-announces.service.js';

const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).optional() });
type PageQuery = z.output<typeof pageQuery>;

const KINDS: Record<string, LocalActorKind> = { accounts: 'account', 'video-channels': 'channel' };

/** Objects as ActivityPub, at the addresses of their pages (content-negotiation.ts). FEDERATION.md shows them. */
@ApiExcludeController()
@Controller(DOCUMENTS)
export class DocumentsController {
  constructor(
    private readonly actors: ActorDocuments,
    private readonly collections: ActorCollections,
    private readonly videos: LocalVideos,
    private readonly activities: VideoActivities,
    private readonly announced: VideoAnnounces,
    private readonly signed: SignedDocuments,
    private readonly hooks: ObjectHooks,
    private readonly cache: ResponseCache,
  ) {}

  @Get(':folder/:name')
  async actor(@Param('folder') folder: string, @Param('name') name: string, @Res() reply: FastifyReply) {
    // `/w/<id>` has the same form.
    if (folder === 'w') return this.video(name, reply);
    await sendActivityJson(reply, await this.actors.document(await this.find(folder, name)));
  }

  @Get(':folder/:name/followers')
  async followers(
    @Param('folder') folder: string,
    @Param('name') name: string,
    @Query({ schema: pageQuery }) { page }: PageQuery,
    @Res() reply: FastifyReply,
  ) {
    await sendActivityJson(reply, await this.collections.followers(await this.find(folder, name), page));
  }

  @Get(':folder/:name/following')
  async following(
    @Param('folder') folder: string,
    @Param('name') name: string,
    @Query({ schema: pageQuery }) { page }: PageQuery,
    @Res() reply: FastifyReply,
  ) {
    await sendActivityJson(reply, await this.collections.following(await this.find(folder, name), page));
  }

  @Get(':folder/:name/outbox')
  async outbox(
    @Param('folder') folder: string,
    @Param('name') name: string,
    @Query({ schema: pageQuery }) { page }: PageQuery,
    @Res() reply: FastifyReply,
  ) {
    await sendActivityJson(reply, await this.collections.outbox(await this.find(folder, name), page));
  }

  @Get(':folder/:name/playlists')
  async playlists(@Param('folder') folder: string, @Param('name') name: string, @Res() reply: FastifyReply) {
    await sendActivityJson(reply, this.collections.playlists(await this.find(folder, name)));
  }

  @Get('videos/watch/:id')
  async video(@Param('id') id: string, @Res() reply: FastifyReply) {
    try {
      // Whoever is told of a new video asks for it in the same moment.
      const make = async () =>
        this.text(await this.hooks.built(this.activities.object(await this.findVideo(id))));
      await sendActivityJson(reply, await this.cache.get(`activitypub ${id}`, [objectBuilt], make));
    } catch (error) {
      const origin = error instanceof NotFoundError ? await this.videos.originOf(id) : null;
      if (origin === null) throw error;
      return reply.redirect(origin, 302);
    }
  }

  @Get('videos/watch/:id/activity')
  async activity(@Param('id') id: string, @Res() reply: FastifyReply) {
    const video = await this.findVideo(id);
    const author = video.channel!.account!.actor!;
    await sendActivityJson(reply, await this.signed.sign(this.activities.create(video), author));
  }

  @Get('videos/watch/:id/announces')
  async announces(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) { page }: PageQuery,
    @Res() reply: FastifyReply,
  ) {
    const video = await this.findVideo(id);
    const url = `${this.activities.object(video).id}/announces`;
    await sendActivityJson(reply, await this.announced.collection(video, url, page));
  }

  @Get('videos/watch/:id/announces/:announcerId')
  async announce(
    @Param('id') id: string,
    @Param('announcerId') announcerId: string,
    @Res() reply: FastifyReply,
  ) {
    const announce = await this.announced.byUs(await this.findVideo(id), Number(announcerId));
    if (!announce) throw new NotFoundError('Activity');
    await sendActivityJson(reply, this.text(announce));
  }

  @Get(['videos/watch/:id/likes', 'videos/watch/:id/dislikes'])
  async rates(@Param('id') id: string, @Res() reply: FastifyReply) {
    const video = await this.findVideo(id);
    const which = reply.request.url.split('?')[0]!.split('/').at(-1) as 'likes' | 'dislikes';
    const collection = { id: `${this.activities.object(video).id}/${which}`, totalItems: video[which] };
    await sendActivityJson(reply, buildCollection(collection));
  }

  private text(object: object): string {
    return JSON.stringify({ '@context': CONTEXT, ...object });
  }

  private find(folder: string, name: string): Promise<ActorEntity> {
    const kind = KINDS[folder];
    if (!kind) throw new NotFoundError('Actor');
    return this.actors.find(kind, name);
  }

  private async findVideo(id: string): Promise<VideoEntity> {
    const video = await this.videos.find(id);
    if (!video) throw new NotFoundError('Video');
    return video;
  }
}
