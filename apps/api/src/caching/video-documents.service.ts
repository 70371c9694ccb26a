import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  fetchObject,
  type FetchOptions,
  type JsonObject,
  readActivity,
  readVideo,
  RemoteClient,
  RemoteError,
  SignatureWorkers,
  type Video,
  withoutFragment,
} from '@vidiverse/federation';
import { Brackets, type DataSource } from 'typeorm';
import { LocalActors } from '../actors/local-actors.service.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { signedBy } from '../actors/signed-by.js';
import { Config } from '../config/config.js';
import { hashUrl } from '../shared/hash-url.js';
import { VideoEntity } from '../videos/video.entity.js';
import { CachedFileEntity } from './cached-file.entity.js';
import { CopyFiles } from './copy-files.service.js';

/** Documents that a round asks for. */
const AT_ONCE = 20;

interface FoundDocument {
  json: JsonObject;
  video: Video;
  signedBy: string | null;
}

/**
 * What origins say of the videos we have copies of, with their authors' signatures: whoever comes while an origin is down can
 * still prove what the copy is. The Create at its own address; the Video object of instances that do not sign it.
 */
@Injectable()
export class VideoDocuments {
  private readonly logger = new Logger('Caching');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly client: RemoteClient,
    private readonly workers: SignatureWorkers,
    private readonly local: LocalActors,
    private readonly actors: RemoteActors,
    private readonly files: CopyFiles,
  ) {}

  /** Asks for the document of a copy's video. What cannot be had or is not proven is asked for again by a later round. */
  async keep(copy: CachedFileEntity, signal: AbortSignal): Promise<void> {
    const { manager } = this.dataSource;
    await manager.update(CachedFileEntity, { id: copy.id }, { documentAskedAt: new Date() });
    try {
      const { json, video, signedBy: documentSignedBy } = await this.find(copy.videoUrl, signal);
      await this.files.keepDocument(copy, Buffer.from(JSON.stringify(json)));
      const facts = { documentAt: video.updated, documentSignedBy };
      await manager.update(CachedFileEntity, { id: copy.id }, facts);
    } catch (error) {
      signal.throwIfAborted();
      this.logger.warn(`no document of ${copy.videoUrl} is kept: ${(error as Error).message}`);
    }
  }

  /** Asks for those of whole copies that have none, or one of before the video was changed. */
  async renew(signal: AbortSignal): Promise<void> {
    const due = await this.dataSource.manager
      .createQueryBuilder(CachedFileEntity, 'copy')
      .innerJoin('copy.videoFile', 'file')
      .innerJoin('file.video', 'video')
      .where('copy.state = :state', { state: 'cached' })
      .andWhere('(copy.documentAt IS NULL OR copy.documentAt < video.remoteUpdatedAt)')
      .andWhere(
        new Brackets((either) =>
          either
            .where('copy.documentAskedAt IS NULL')
            .orWhere('copy.documentAskedAt < :before')
            .orWhere('copy.documentAskedAt < video.remoteUpdatedAt'),
        ),
      )
      .setParameter('before', new Date(Date.now() - this.config.caching.failedPause))
      .orderBy('copy.documentAskedAt', 'ASC')
      .take(AT_ONCE)
      .getMany();
    for (const copy of due) await this.keep(copy, signal);
  }

  private async find(videoUrl: string, signal: AbortSignal): Promise<FoundDocument> {
    const options: FetchOptions = { sign: signedBy(await this.local.instance()), signal };
    const found = (await this.signed(videoUrl, options)) ?? (await this.unsigned(videoUrl, options));
    if (found.video.id !== videoUrl) throw new Error('It is the document of another video.');
    return found;
  }

  /** Null when the origin has none. @throws Error when there is one that is not by the video's account */
  private async signed(videoUrl: string, options: FetchOptions): Promise<FoundDocument | null> {
    const json = await this.createOf(videoUrl, options);
    if (json?.signature === undefined) return null;
    const { activity, owner } = await this.workers.verify(json, async (creator) => {
      const { url, publicKey } = await this.actors.byUrl(withoutFragment(creator));
      return { owner: url, publicKeyPem: publicKey };
    });
    const create = readActivity(activity);
    if (create?.type !== 'Create' || create.content?.type !== 'Video')
      throw new Error('What is signed is no Create of a video.');
    const row = await this.dataSource.manager.findOne(VideoEntity, {
      where: { urlHash: hashUrl(videoUrl), remote: true },
      relations: { channel: { account: { actor: true } } },
    });
    if (row?.channel?.account?.actor?.url !== owner) throw new Error('It is signed by another account.');
    return { json, video: create.content, signedBy: owner };
  }

  private async createOf(videoUrl: string, options: FetchOptions): Promise<JsonObject | null> {
    try {
      return (await fetchObject(this.client, `${videoUrl}/activity`, options)).json;
    } catch (error) {
      if (error instanceof RemoteError && !error.retryable) return null;
      throw error;
    }
  }

  private async unsigned(videoUrl: string, options: FetchOptions): Promise<FoundDocument> {
    const { json } = await fetchObject(this.client, videoUrl, options);
    return { json, video: readVideo(await this.workers.compact(json)), signedBy: null };
  }
}
