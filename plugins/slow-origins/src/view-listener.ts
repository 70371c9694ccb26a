import { Injectable } from '@nestjs/common';
import { OnHook, type VideoReference, videoViewed } from '@vidiverse/hooks';
import { MeasureRounds } from './measure-rounds.js';
import { WatchedVideos } from './watched-videos.js';

/** Hears what is watched here. */
@Injectable()
export class ViewListener {
  constructor(
    private readonly videos: WatchedVideos,
    private readonly rounds: MeasureRounds,
  ) {}

  @OnHook(videoViewed)
  async viewed(video: VideoReference): Promise<void> {
    if (video.isLocal) return;
    const watched = await this.videos.note(video);
    if (watched) await this.rounds.watched(watched.host);
  }
}
