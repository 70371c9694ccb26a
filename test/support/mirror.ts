import { CONTEXT } from '@vidiverse/federation';
import type { RequestListener } from 'node:http';
import type { FederatedInstance } from './create-instances.js';
import { Peer } from './peer.js';
import { until } from './uploads.js';
import { publishVideo } from './videos.js';

/** A file of a video that is copied. */
export interface Original {
  /** Id of the video at its origin. */
  video: string;
  bytes: Buffer;
  height: number;
  fps: number;
}

type Origin = Pick<FederatedInstance, 'administrator' | 'address'>;

/** Publishes a video with one file. */
export async function publishOriginal(
  origin: Origin,
  fields: Record<string, unknown> = {},
): Promise<Original & { uuid: string }> {
  return originalOf(origin, (await publishVideo(origin.administrator, fields)).uuid);
}

/** The best file of a video, once it has its torrent. */
export async function originalOf(
  { administrator, address }: Origin,
  id: string,
): Promise<Original & { uuid: string }> {
  const { uuid, file } = await until(async () => {
    const video = await administrator.video(id);
    const [made] = video.files as unknown as OriginalFile[];
    return made?.infoHash ? { uuid: video.uuid, file: made } : null;
  }, 'the file has its torrent');
  const bytes = Buffer.from(await (await fetch(file.fileUrl)).arrayBuffer());
  const video = `${address}/videos/watch/${uuid}`;
  return { uuid, video, bytes, height: file.height, fps: file.fps };
}

interface OriginalFile {
  height: number;
  fps: number;
  fileUrl: string;
  infoHash: string | null;
}

/** Serves single ranges of these bytes, as a WebSeed does. */
export const serving =
  (bytes: Buffer): RequestListener =>
  (request, response) => {
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const part = bytes.subarray(Number(from), to === '' ? bytes.length : Number(to) + 1);
    const end = Number(from) + part.length - 1;
    response.writeHead(206, {
      'content-type': 'video/mp4',
      'content-range': `bytes ${from}-${end}/${bytes.length}`,
      'content-length': part.length,
    });
    response.end(part);
  };

/** A cache instance as the origin sees it: an instance actor that offers copies, and a server that has them or not. */
export class Mirror {
  private constructor(
    readonly peer: Peer,
    readonly actor: string,
  ) {}

  static async open(): Promise<Mirror> {
    const peer = await Peer.open();
    return new Mirror(peer, await peer.actor('peertube', { type: 'Application' }));
  }

  /** Where the copy called so is served. */
  href(name: string): string {
    return `${this.peer.address}/static/redundancy/${name}.mp4`;
  }

  /** How the copy called so is served from now on. */
  serve(name: string, listener: RequestListener): void {
    this.peer.answer(`/static/redundancy/${name}.mp4`, listener);
  }

  /** The CacheFile of the copy called so, as PeerTube writes it. */
  cacheFile(name: string, { video, bytes, height, fps }: Original, fields: Record<string, unknown> = {}) {
    return {
      id: `${this.peer.address}/redundancy/videos/${name}`,
      type: 'CacheFile',
      object: video,
      expires: new Date(Date.now() + 3600_000).toISOString(),
      ...fields,
      url: {
        type: 'Link',
        mediaType: 'video/mp4',
        href: this.href(name),
        height,
        size: bytes.length,
        fps,
        ...(fields.url as object | undefined),
      },
    };
  }

  /** Lets others find its instance actor; answers its handle. */
  findable(): string {
    const { host } = new URL(this.peer.address);
    const subject = `acct:peertube@${host}`;
    this.peer.serve(`/.well-known/webfinger?resource=${encodeURIComponent(subject)}`, {
      subject,
      links: [{ rel: 'self', type: 'application/activity+json', href: this.actor }],
    });
    return `peertube@${host}`;
  }

  create(object: { id: string }, actor = this.actor) {
    return {
      '@context': CONTEXT,
      id: `${object.id}/activity`,
      type: 'Create',
      actor,
      to: [],
      cc: [],
      object,
    };
  }

  update(object: { id: string }, actor = this.actor) {
    const id = `${object.id}/updates/${new Date().toISOString()}`;
    return { '@context': CONTEXT, id, type: 'Update', actor, to: [], cc: [], object };
  }

  undo(object: { id: string }, actor = this.actor) {
    const { '@context': _context, ...create } = this.create(object, actor);
    return { '@context': CONTEXT, id: `${create.id}/undo`, type: 'Undo', actor, object: create };
  }
}
