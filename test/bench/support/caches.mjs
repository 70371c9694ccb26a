import { startInstance, until } from './instances.mjs';

/** An instance that caches what it is asked to; as in the demo it writes down each second what it served. */
export const startCache = () =>
  startInstance({ VIDIVERSE_CACHING_ENABLED: 'true', VIDIVERSE_CACHING_INTERVAL: '1000' });

/** Resolves when the origin has accepted it: what it publishes from then on is told to the cache. */
export async function follow(cache, origin) {
  await cache.call('POST', 'server/following', { hosts: [origin.host] });
  await until('the follow is accepted', async () => {
    const { data } = await cache.call('GET', 'server/following');
    return data[0]?.state === 'accepted';
  });
}

/** Asks a cache for a copy of a video as soon as the cache knows that video. */
export async function askForCopy(cache, { uuid }) {
  const { id } = await until('the cache knows the video', () => cache.call('GET', `videos/${uuid}`));
  await cache.call('POST', 'server/redundancy/videos', { videoId: id });
}

/** A cache's copy of the file of a video with one file; undefined when there is none. */
export async function copyOf(cache, { uuid }) {
  const { data } = await cache.call('GET', 'server/caching/files?count=100');
  return data.find(({ video }) => video.uuid === uuid);
}

/** The copy once it is whole. */
export const cachedCopy = (cache, video) =>
  until('the video is cached', async () => {
    const copy = await copyOf(cache, video);
    return copy?.state === 'cached' && copy;
  });

/** Resolves when the origin lists so many copies beside its own file. */
export const copiesListed = (origin, { uuid }, count) =>
  until(`${count} copies are listed`, async () => {
    const { files } = await origin.call('GET', `videos/${uuid}`);
    const query = files[0].magnetUri.slice(files[0].magnetUri.indexOf('?') + 1);
    return new URLSearchParams(query).getAll('ws').length === count + 1;
  });

/** Removes the copy; resolves when it is gone and the origin lists it no more. */
export async function removeCopy(origin, cache, video) {
  const { id } = await copyOf(cache, video);
  await cache.call('DELETE', `server/redundancy/videos/${id}`);
  await until('the copy is gone', async () => !(await copyOf(cache, video)));
  await copiesListed(origin, video, 0);
}
