import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from './server.mjs';

const PASSWORD = 'benchmark password';
const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 120_000;
const PUBLISHED = 1;

/** What an instance needs to speak to others on this machine, and to leave files as they were uploaded. */
const TOGETHER = {
  VIDIVERSE_ADMIN_PASSWORD: PASSWORD,
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
  VIDIVERSE_MEDIA_TRANSCODING_ENABLED: 'false',
  VIDIVERSE_WEBRTC_STUN_SERVERS: 'none',
};

/** The first true answer of `probe`, whose errors count as none. @throws Error after `PATIENCE_MS` */
export async function until(what, probe) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(LOOK_AGAIN_MS)) {
    const answer = await probe().catch(() => null);
    if (answer) return answer;
  }
  throw new Error(`waited in vain: ${what}`);
}

/** A server that federates with others of this machine (see `startServer`); `call` is its API, as its administrator. */
export async function startInstance(environment = {}) {
  const server = await startServer({ environment: { ...TOGETHER, ...environment } });
  const token = await logIn(server.base);
  return {
    ...server,
    host: new URL(server.base).host,
    /** An answer as JSON, null when it is empty. @throws Error naming what was asked and what was said */
    async call(method, path, body) {
      const isForm = body instanceof FormData;
      const answer = await fetch(`${server.base}/api/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && !isForm && { 'content-type': 'application/json' }),
        },
        body: isForm ? body : body && JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text ? JSON.parse(text) : null;
    },
  };
}

/** Uploads an MP4 and answers the video once it is published with its torrent. */
export async function publish(instance, name, content) {
  const { videoChannels } = await instance.call('GET', 'users/me');
  const form = new FormData();
  form.append('name', name);
  form.append('channelId', String(videoChannels[0].id));
  form.append('videofile', new Blob([content]), 'clip.mp4');
  const { video } = await instance.call('POST', 'videos/upload', form);
  return until(`"${name}" is published`, async () => {
    const details = await instance.call('GET', `videos/${video.uuid}`);
    return details.state.id === PUBLISHED && details.files[0]?.torrentUrl && details;
  });
}

async function logIn(base) {
  const json = async (path, init) => (await fetch(`${base}/api/v1/${path}`, init)).json();
  const client = await json('oauth-clients/local');
  const login = { ...client, grant_type: 'password', username: 'root', password: PASSWORD };
  return (await json('users/token', { method: 'POST', body: new URLSearchParams(login) })).access_token;
}
