import { Injectable } from '@nestjs/common';
import { HookRegistry, type PageHead, pageHeadBuilt, type PageHeadContext } from '@vidiverse/hooks';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { ResponseCache } from '../http/response-cache/response-cache.js';
import { DomainError } from '../shared/domain-error.js';
import { escapeHtml } from '../shared/escape-html.js';
import { VideoMapper } from '../videos/video.mapper.js';
import { VideosService } from '../videos/videos.service.js';
import { siteHead, videoHead } from './page-head.js';
import { pageHeadSchema, writeHead } from './page-head-writer.js';
import { preloadLinks, readManifest } from './page-scripts.js';
import { WEB_FOLDER } from './web-folder.js';

const HEAD_MARKER = '<!-- head -->';
/** Not there, or not for visitors. */
const HIDDEN = [403, 404];
const SOURCES = { watch: 'src/pages/WatchPage.vue', embed: 'src/pages/EmbedPage.vue' } as const;

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
    private readonly registry: HookRegistry,
    private readonly cache: ResponseCache,
  ) {}

  async site(): Promise<string> {
    const head = await this.write(siteHead(this.config), { video: null, page: 'site' });
    return (await this.readTemplate()).replace(HEAD_MARKER, () => head);
  }

  /**
   * A visitor's view: what only its owner may see has the head of the site, and status 404. The video's answer is fetched
   * along with the scripts; `id` is repeated as it was asked for, since that is what the app will ask for.
   */
  watch(id: string): Promise<{ status: number; html: string }> {
    return this.ofVideo(id, 'watch');
  }

  /** The same for the player alone. */
  embed(id: string): Promise<{ status: number; html: string }> {
    return this.ofVideo(id, 'embed');
  }

  private async ofVideo(id: string, page: 'watch' | 'embed'): Promise<{ status: number; html: string }> {
    try {
      const make = () => this.make(id, page);
      return { status: 200, html: await this.cache.get(`page ${page} ${id}`, [pageHeadBuilt], make) };
    } catch (error) {
      if (error instanceof DomainError && HIDDEN.includes(error.status))
        return { status: error.status, html: await this.site() };
      throw error;
    }
  }

  private async make(id: string, page: 'watch' | 'embed'): Promise<string> {
    const video = this.mapper.summary(await this.videos.findVisible(id, null));
    const links = this.links.get(page) ?? preloadLinks(await readManifest(), SOURCES[page]);
    this.links.set(page, links);
    const answer = `<link rel="preload" as="fetch" crossorigin href="/api/v1/videos/${escapeHtml(id)}">`;
    const own = await this.write(videoHead(video, this.config), { video, page });
    const head = [own, answer, ...links].join('\n');
    return (await this.readTemplate()).replace(HEAD_MARKER, () => head);
  }

  /** As plugins make it; as it was when that cannot be written. */
  private async write(head: PageHead, context: PageHeadContext): Promise<string> {
    if (!this.registry.hasHandlers(pageHeadBuilt)) return writeHead(head);
    const answer = await this.registry.filter(pageHeadBuilt, head, context);
    const { success, data } = pageHeadSchema.safeParse(answer);
    return writeHead(success ? (data as PageHead) : head);
  }

  private async readTemplate(): Promise<string> {
    this.template ??= await readFile(join(WEB_FOLDER, 'index.html'), 'utf8');
    return this.template;
  }
}
