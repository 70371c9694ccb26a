import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RangeServer } from '@vidiverse/torrent';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extname } from 'node:path';
import { Config } from '../config/config.js';
import { NotFoundError } from '../shared/domain-error.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';
import { attachment, downloadName } from './attachment.js';
import type { ServableFile } from './file-access.service.js';
import { OpenFiles } from './open-files.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** The instance as a WebSeed (BEP 19): ranges of its files, past Fastify's own sending. */
@Injectable()
export class WebSeedService implements BeforeApplicationShutdown, OnModuleDestroy {
  private readonly server: RangeServer;
  private readonly files: OpenFiles;
  /** Copies of other instances' files. */
  private readonly copies: OpenFiles;
  private readonly served = new Map<string, number>();

  constructor({ webSeed }: Config, storage: FileStorage, events: VideoEvents) {
    const { readSize, memory, stalledAfter } = webSeed;
    this.server = new RangeServer({ readSize, memory, stalledAfter: stalledAfter * 1000 });
    this.files = new OpenFiles(storage, 'web-videos');
    this.copies = new OpenFiles(storage, 'redundancy');
    events.deleted.subscribe(({ filenames }) => {
      for (const name of filenames) this.forget(name);
    });
  }

  /** A paused player would hold the server open for ever. */
  beforeApplicationShutdown(): void {
    this.server.close();
  }

  onModuleDestroy(): void {
    this.files.close();
    this.copies.close();
  }

  /** Bytes of a file that were served since the start. */
  bytesServed(filename: string): number {
    return this.served.get(filename) ?? 0;
  }

  /** The file is gone: what is held open of it is closed. */
  forget(filename: string): void {
    this.files.forget(filename);
    this.copies.forget(filename);
    this.served.delete(filename);
  }

  /** Answers with the file, or the range of it that was asked for; `asDownload` names it after its video. */
  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ServableFile,
    { asDownload = false } = {},
  ): Promise<void> {
    const { filename, mediaType, resolution, video, open, isCopy = false } = file;
    await (isCopy ? this.copies : this.files).with(filename, async (stored) => {
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
