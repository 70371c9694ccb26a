import { Injectable } from '@nestjs/common';
import { HookRegistry, type TorrentAddresses, torrentBuilt, trackerAnnounced } from '@vidiverse/hooks';
import type { Announce, AnnounceObjection, TorrentSources } from '@vidiverse/torrent';
import type { VideoFileEntity } from '../videos/video-file.entity.js';

const SCHEMES = ['http:', 'https:', 'ws:', 'wss:'];

/** What plugins say to torrents and announces. */
@Injectable()
export class TorrentHooks {
  constructor(private readonly registry: HookRegistry) {}

  /** The addresses in the .torrent of a file, as plugins make them. */
  async sources(file: VideoFileEntity, addresses: TorrentSources): Promise<TorrentSources> {
    if (!this.registry.hasHandlers(torrentBuilt)) return addresses;
    const { id: fileId, videoId, filename, size } = file;
    const given: TorrentAddresses = addresses;
    const answer = await this.registry.filter(torrentBuilt, given, { videoId, fileId, filename, size });
    return { trackers: urlsAmong(answer.trackers), webSeeds: urlsAmong(answer.webSeeds) };
  }

  /** Why a peer gets no peers; null when it may. Without plugins it is known at once. */
  readonly objection = (announce: Announce): AnnounceObjection => {
    if (!this.registry.hasHandlers(trackerAnnounced)) return null;
    return this.ask(announce);
  };

  private async ask(announce: Announce): Promise<string | null> {
    const verdict = await this.registry.guard(trackerAnnounced, announce);
    return verdict.decision === 'allow' ? null : verdict.reason;
  }
}

const urlsAmong = (texts: unknown): string[] =>
  (Array.isArray(texts) ? (texts as unknown[]) : []).flatMap((text) =>
    typeof text === 'string' && URL.canParse(text) && SCHEMES.includes(new URL(text).protocol) ? [text] : [],
  );
