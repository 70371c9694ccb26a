import { z } from 'zod';

const enabled = z.object({ enabled: z.boolean() });
const imageLimits = z.object({
  extensions: z.array(z.string()),
  size: z.object({ max: z.int().describe('Bytes.') }),
});

/** PeerTube's `config`, as far as its clients read it. What this server cannot do is said to be off. */
export const clientConfigSchema = z
  .object({
    client: z.object({
      videos: z.object({
        resumableUpload: z.object({ maxChunkSize: z.int().describe('Bytes; 0 is no limit.') }),
      }),
    }),
    defaults: z.object({
      publish: z.object({
        downloadEnabled: z.boolean(),
        commentsEnabled: z.boolean(),
        commentsPolicy: z.int(),
        privacy: z.int(),
        licence: z.int().nullable(),
      }),
      p2p: z.object({ webapp: enabled, embed: enabled }),
    }),
    instance: z.object({
      name: z.string(),
      shortDescription: z.string(),
      isNSFW: z.boolean(),
      defaultNSFWPolicy: z.string(),
      defaultClientRoute: z.string(),
      avatars: z.array(z.never()),
      banners: z.array(z.never()),
    }),
    serverVersion: z.string().describe('The PeerTube version whose API this server follows.'),
    vidiverse: z
      .object({
        version: z.string().describe('Version of this server.'),
        ffmpeg: z
          .boolean()
          .describe('False: only web-ready files are accepted and the browser makes the thumbnail.'),
      })
      .describe('Beyond PeerTube.'),
    transcoding: z.object({
      enabled: z.boolean(),
      hls: enabled,
      web_videos: enabled,
      enabledResolutions: z.array(z.int()),
    }),
    live: enabled,
    import: z.object({ videos: z.object({ http: enabled, torrent: enabled }) }),
    video: z.object({
      image: imageLimits,
      file: z.object({ extensions: z.array(z.string()), maxSize: z.int() }),
    }),
    user: z.object({ videoQuota: z.int(), videoQuotaDaily: z.int() }),
    videoChannels: z.object({ maxPerUser: z.int() }),
    trending: z.object({
      videos: z.object({
        intervalDays: z.int(),
        algorithms: z.object({ enabled: z.array(z.string()), default: z.string() }),
      }),
    }),
    webrtc: z.object({
      stunServers: z.array(z.string()).describe('STUN URIs (RFC 7064) for the ICE of browsers.'),
    }),
    tracker: enabled,
    signup: z.object({ allowed: z.boolean(), allowedForCurrentIP: z.boolean() }),
    views: z.object({
      videos: z.object({
        watchingInterval: z.object({
          anonymous: z.int().describe('Milliseconds.'),
          users: z.int().describe('Milliseconds.'),
        }),
      }),
    }),
  })
  .meta({ id: 'ClientConfig' });
export type ClientConfigView = z.output<typeof clientConfigSchema>;
