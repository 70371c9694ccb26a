import { Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { VideoMapper } from '../videos/video.mapper.js';
import { VideosService } from '../videos/videos.service.js';
import { escapeHtml, siteHead, videoHead } from './page-head.js';
import { preloadLinks, readManifest } from './page-scripts.js';
import { WEB_FOLDER } from './web-folder.js';

const HEAD_MARKER = '<!-- head -->';
/** Not there, or not for visitors. */
const HIDDEN = [403, 404];
const WATCH_PAGE = 'src/pages/WatchPage.vue';
const EMBED_PAGE = 'src/pages/EmbedPage.vue';

/** The one HTML page of the web app, with a head of its own for each video. */
@Injectable()
export class PagesService {
  private template: string | undefined;
  /** By page. */
  private readonly links = new Map<string, string[]>();

  constructor(
    private readonly config: Config,
    private readonly videos: VideosService,
    private readonly mapper: VideoMapper,
  ) {}

  async site(): Promise<string> {
    return (await this.readTemplate()).replace(HEAD_MARKER, () => siteHead(this.config));
  }

  /**
   * A visitor's view: what only its owner may see has the head of the site, and status 404. The video's answer is fetched
   * along with the scripts; `id` is repeated as it was asked for, since that is what the app will ask for.
   */
  watch(id: string): Promise<{ status: number; html: string }> {
    return this.ofVideo(id, WATCH_PAGE);
  }

  /** The same for the player alone. */
  embed(id: string): Promise<{ status: number; html: string }> {
    return this.ofVideo(id, EMBED_PAGE);
  }

  private async ofVideo(id: string, page: string): Promise<{ status: number; html: string }> {
    try {
      const video = this.mapper.summary(await this.videos.findVisible(id, null));
      const links = this.links.get(page) ?? preloadLinks(await readManifest(), page);
      this.links.set(page, links);
      const answer = `<link rel="preload" as="fetch" crossorigin href="/api/v1/videos/${escapeHtml(id)}">`;
      const head = [videoHead(video, this.config), answer, ...links].join('\n');
      return { status: 200, html: (await this.readTemplate()).replace(HEAD_MARKER, () => head) };
    } catch (error) {
      if (error instanceof DomainError && HIDDEN.includes(error.status))
        return { status: error.status, html: await this.site() };
      throw error;
    }
  }

  private async readTemplate(): Promise<string> {
    this.template ??= await readFile(join(WEB_FOLDER, 'index.html'), 'utf8');
    return this.template;
  }
}
