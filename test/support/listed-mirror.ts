import type { RequestListener } from 'node:http';
import type { FederatedInstance } from './create-instances.js';
import { type Mirror, type Original, serving } from './mirror.js';
import { outcomesAt } from './outcomes.js';
import { until } from './uploads.js';

const NAME = 'copy';

/** As the listener does, to a page of another site. */
const toPages =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    listener(request, response);
  };

/** Lists a mirror that is good to whoever checks it, and treats browsers in its own way. Answers its host. */
export async function listMirror(
  origin: FederatedInstance,
  mirror: Mirror,
  original: Original & { uuid: string },
  toBrowsers: RequestListener,
): Promise<string> {
  const honest = serving(original.bytes);
  mirror.serve(NAME, (request, response) => {
    const isCheck = request.headers['user-agent']?.startsWith('Vidiverse/');
    (isCheck ? honest : toPages(toBrowsers))(request, response);
  });
  const object = mirror.cacheFile(NAME, original);
  await outcomesAt(origin, mirror.peer)(mirror.create(object), { signed: true });
  const listed = async () => {
    const [file] = (await origin.administrator.video(original.uuid)).files as unknown as Array<{
      webSeeds: string[];
    }>;
    return file!.webSeeds.includes(listedUrl(mirror));
  };
  await until(listed, 'the mirror is listed');
  return new URL(mirror.peer.address).host;
}

export const listedUrl = (mirror: Mirror): string => mirror.href(NAME);

/** Takes back what `listMirror` offered, and closes the mirror. */
export async function unlistMirror(
  origin: FederatedInstance,
  mirror: Mirror,
  original: Original,
): Promise<void> {
  const undone = mirror.undo(mirror.cacheFile(NAME, original));
  await outcomesAt(origin, mirror.peer)(undone, { signed: true });
  await mirror.peer.close();
}

/** A mirror that sends the first bytes of what was asked for, and then nothing. */
export const stalling =
  (bytes: Buffer, sent = 1024): RequestListener =>
  (request, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` });
    response.write(bytes.subarray(Number(from), Number(from) + sent));
  };
