import { Injectable } from '@nestjs/common';
import { accountSummary, accountView } from '../accounts/account.mapper.js';
import { channelSummary, channelView } from '../channels/channel.mapper.js';
import { Config } from '../config/config.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import { SeedLists } from '../seeds/seed-lists.service.js';
import { truncate } from '../shared/text.js';
import type { OwnVideoView, VideoDetailsView, VideoView } from './dto/video-view.js';
import { imagePaths } from './image-paths.js';
import { toShortUuid } from './short-uuid.js';
import { CATEGORIES, languageLabel, LICENCES, PRIVACIES, STATES } from './video-constants.js';
import { VideoFileMapper } from './video-file.mapper.js';
import type { VideoEntity } from './video.entity.js';

/** Length of `truncatedDescription`, as in PeerTube: clients ask for the whole when they meet it. */
const TRUNCATED_LENGTH = 250;

const NOT_BLOCKED = { blacklisted: false, blacklistedReason: null };

/** Clients throw on a missing label: what is not set is "Unknown". */
const constant = <Id extends number | string>(id: Id | null, label: (id: Id) => string | undefined) => ({
  id,
  label: (id === null ? undefined : label(id)) ?? 'Unknown',
});

/** Turns rows into PeerTube's JSON. */
@Injectable()
export class VideoMapper {
  constructor(
    private readonly config: Config,
    private readonly files: VideoFileMapper,
    private readonly people: KnownPeopleService,
    private readonly seeds: SeedLists,
  ) {}

  /** A row of a list. Channel, account and their actors must be loaded. */
  summary(video: VideoEntity): VideoView {
    return {
      ...this.common(video),
      account: accountSummary(video.channel!.account!, this.config),
      channel: channelSummary(video.channel!, this.config),
    };
  }

  /** A row of one's own list. */
  ownSummary(video: VideoEntity): OwnVideoView {
    return { ...this.summary(video), ...NOT_BLOCKED, waitTranscoding: video.waitTranscoding };
  }

  /** One video with its files, for who may see it: addresses of closed files carry a token. */
  async details(video: VideoEntity): Promise<VideoDetailsView> {
    const { account } = video.channel!;
    const known = await this.people.of([video.channel]);
    return {
      ...this.common(video),
      description: video.description,
      account: accountView(account!, known),
      channel: channelView(video.channel!, known),
      ...NOT_BLOCKED,
      streamingPlaylists: this.files.playlists(video),
      files: this.files.views(video, await this.seeds.ofAll(video.uuid, video.files)),
      support: video.support,
      descriptionPath: `/api/v1/videos/${video.uuid}/description`,
      tags: video.tags,
      commentsEnabled: video.commentsEnabled,
      commentsPolicy: video.commentsEnabled ? { id: 1, label: 'Enabled' } : { id: 2, label: 'Disabled' },
      downloadEnabled: video.downloadEnabled,
      waitTranscoding: video.waitTranscoding,
      inputFileUpdatedAt: null,
      trackerUrls: this.files.trackerUrls(video),
    };
  }

  private common(video: VideoEntity) {
    return {
      id: video.id,
      uuid: video.uuid,
      shortUUID: toShortUuid(video.uuid),
      url: video.url ?? `${this.config.url}/videos/watch/${video.uuid}`,
      name: video.name,
      category: constant(video.category, (id) => CATEGORIES[id]),
      licence: constant(video.licence, (id) => LICENCES[id]),
      language: constant(video.language, languageLabel),
      privacy: constant(video.privacy, (id) => PRIVACIES[id]),
      state: constant(video.state, (id) => STATES[id]),
      nsfw: video.nsfw,
      truncatedDescription: video.description === null ? null : truncate(video.description, TRUNCATED_LENGTH),
      description: video.description === null ? null : truncate(video.description, TRUNCATED_LENGTH),
      isLocal: !video.remote,
      isLive: false,
      duration: video.duration,
      aspectRatio: video.aspectRatio,
      views: video.views,
      viewers: 0,
      likes: video.likes,
      dislikes: video.dislikes,
      comments: video.comments,
      ...imagePaths(video),
      embedPath: `/videos/embed/${video.uuid}`,
      createdAt: video.createdAt.toISOString(),
      updatedAt: video.updatedAt.toISOString(),
      publishedAt: (video.publishedAt ?? video.createdAt).toISOString(),
      originallyPublishedAt: video.originallyPublishedAt?.toISOString() ?? null,
    };
  }
}
