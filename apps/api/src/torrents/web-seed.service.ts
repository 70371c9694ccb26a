import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RangeServer } from '@vidiverse/torrent';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extname } from 'node:path';
import { Config } from '../config/config.js';
import { NotFoundError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';
import { attachment, downloadName } from './attachment.js';
import { OpenFiles } from './open-files.js';
import type { ServableFile } from './servable-file.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** The instance as a WebSeed (BEP 19): ranges of its files, past Fastify's own sending. */
@Injectable()
export class WebSeedService implements BeforeApplicationShutdown, OnModuleDestroy {
  private readonly server: RangeServer;
  private readonly files: Record<ServableFile['area'], OpenFiles>;
  private readonly served = new Map<string, number>();

  constructor({ webSeed }: Config, storage: FileStorage, events: VideoEvents) {
    const { readSize, memory, stalledAfter } = webSeed;
    this.server = new RangeServer({ readSize, memory, stalledAfter: stalledAfter * 1000 });
    this.files = {
      'web-videos': new OpenFiles(storage, 'web-videos'),
      redundancy: new OpenFiles(storage, 'redundancy'),
    };
    events.deleted.subscribe(({ filenames }) => {
      for (const name of filenames) this.forget(name);
    });
  }

  /** A paused player would hold the server open for ever. */
  beforeApplicationShutdown(): void {
    this.server.close();
  }

  onModuleDestroy(): void {
    for (const files of Object.values(this.files)) files.close();
  }

  /** Bytes of a file that were served since the start. */
  bytesServed(filename: string): number {
    return this.served.get(filename) ?? 0;
  }

  /** The file is gone: what is held open of it is closed. */
  forget(filename: string): void {
    for (const files of Object.values(this.files)) files.forget(filename);
    this.served.delete(filename);
  }

  /** Answers with the file, or the range of it that was asked for; `asDownload` names it after its video. */
  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ServableFile,
    { asDownload = false } = {},
  ): Promise<void> {
    const { filename, area, mediaType, resolution, video, open } = file;
    await this.files[area].with(filename, async (stored) => {
      if (!stored) throw new NotFoundError('File');
      // What the security and CORS plugins have set so far.
      const headers = { ...reply.getHeaders() } as Record<string, string>;
      headers['content-type'] = mediaType;
      headers['cache-control'] = open ? FOR_EVER : 'private, no-store';
      if (asDownload)
        headers['content-disposition'] = attachment(downloadName(video.name, resolution, extname(filename)));
      reply.hijack();
      await this.server.serve(request.raw, reply.raw, stored, {
        etag: `"${filename}"`,
        headers,
        onSent: (bytes) => this.served.set(filename, this.bytesServed(filename) + bytes),
      });
    });
  }
}
