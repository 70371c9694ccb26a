import proxyAddr from '@fastify/proxy-addr';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InjectRepository } from '@nestjs/typeorm';
import { Tracker, type TrackerCounters } from '@vidiverse/torrent';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { NotFoundError } from '../shared/domain-error.js';
import { SwarmCounts } from '../videos/swarm-counts.js';
import { isOpen } from '../videos/video-access.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { TorrentHooks } from './torrent-hooks.service.js';
import { VideoHashes } from './video-hashes.js';

/** PeerTube's clients and instances expect the tracker exactly here. */
const SOCKET_PATH = '/tracker/socket';
const REPORT_MS = 60_000;

/** The tracker on the instance's own HTTP port, in role `tracker`. */
@Injectable()
export class TrackerGateway extends SwarmCounts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Tracker');
  private readonly tracker: Tracker;
  private readonly clientAddress: (request: IncomingMessage) => string;
  private readonly report: NodeJS.Timeout;
  private reported: TrackerCounters;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: Config,
    hashes: VideoHashes,
    events: VideoEvents,
    hooks: TorrentHooks,
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
  ) {
    super();
    const options = { ...config.tracker, heartbeat: config.tracker.heartbeat * 1000 };
    this.tracker = new Tracker(hashes, { ...options, objection: hooks.objection });
    this.reported = { ...this.tracker.counters };
    this.report = setInterval(() => this.logRefusals(), REPORT_MS).unref();
    const trusted = proxyAddr.compile(config.trustedProxies);
    this.clientAddress = (request) => proxyAddr(request, trusted);
    events.deleted.subscribe(({ infoHashes }) =>
      infoHashes.forEach((infoHash) => this.tracker.evict(infoHash)),
    );
    events.updated.subscribe(({ videoId }) => void this.evictClosed(videoId));
  }

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.report);
    this.tracker.close();
  }

  of(infoHash: string): { seeders: number; leechers: number } {
    return this.tracker.counts(infoHash);
  }

  /** Answers an HTTP announce or scrape past Fastify: the answer is bencoded bytes. @throws NotFoundError */
  answer(request: FastifyRequest, reply: FastifyReply, action: 'announce' | 'scrape'): void {
    if (!this.isTracker()) throw new NotFoundError('Tracker');
    reply.hijack();
    this.tracker.http(request.raw, reply.raw, action, request.ip);
  }

  private isTracker(): boolean {
    return this.config.roles.includes('tracker');
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const [path] = (request.url ?? '').split('?');
    if (path !== SOCKET_PATH || !this.isTracker()) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.tracker.upgrade(request, socket, head, this.clientAddress(request));
  }

  /** A video that is open no more has no swarm either. */
  private async evictClosed(videoId: number): Promise<void> {
    try {
      const files = await this.files.find({ where: { videoId }, relations: { video: true } });
      for (const { infoHash, video } of files)
        if (infoHash && !isOpen(video!.privacy)) this.tracker.evict(infoHash);
    } catch (error) {
      this.logger.error(`swarms of video ${videoId} stay until the next look: ${(error as Error).message}`);
    }
  }

  /** A line a minute at most: a flood must not fill the disk. Addresses are in no log. */
  private logRefusals(): void {
    const { unknown, refused } = this.tracker.counters;
    const [newUnknown, newRefused] = [unknown - this.reported.unknown, refused - this.reported.refused];
    this.reported = { ...this.tracker.counters };
    if (newUnknown + newRefused > 0)
      this.logger.log(
        `in the last minute ${newUnknown} announces of unknown hashes, ${newRefused} otherwise refused`,
      );
  }
}
