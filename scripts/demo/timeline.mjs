import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 400;
const COUNT = 50;

/** What an activity that was recorded means in the story. */
const RECEIVED = {
  Follow: 'A Follow came, its signature was verified',
  Accept: 'The follow was accepted',
  Announce: 'A video was announced',
  Update: 'An update came, signed by its author',
  Undo: 'Something was taken back',
};

/** Looks at every instance again and again and tells each new thing once: `{ at, instance, title, json }`. */
export class Timeline {
  events = [];
  #seen = new Set();
  #listeners = new Set();

  constructor(instances) {
    this.instances = instances;
  }

  subscribe(listener) {
    this.events.forEach((event) => listener(event));
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells something, once for each `key`. */
  tell(key, instance, title, json = null) {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const event = { at: new Date().toISOString(), instance: instance.name, role: instance.role, title, json };
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  async run(signal) {
    while (!signal.aborted) {
      // An instance that is stopped has nothing to tell.
      await Promise.all(this.instances.map((instance) => this.#look(instance).catch(() => undefined)));
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(instance) {
    if (!instance.isRunning) return;
    const key = (...parts) => [instance.role, ...parts].join(' ');
    const { data: activities } = await instance.call('GET', `federation/inbox?count=${COUNT}`);
    for (const { id, activity, host, state } of activities.toReversed()) {
      if (state === 'received') continue;
      const title = titleOf(activity);
      this.tell(key('inbox', id), instance, `${title}, from ${host}`, activity.document);
    }
    const { data: videos } = await instance.call('GET', `videos?count=${COUNT}`);
    for (const video of videos.filter(({ isLocal }) => !isLocal))
      this.tell(
        key('video', video.uuid),
        instance,
        `“${video.name}” is here now, from ${video.account.host}`,
        video,
      );
    if (instance.role === 'cache') await this.#lookAtCopies(instance, key);
    if (instance.role === 'origin') await this.#lookAtSeeds(instance, key);
  }

  async #lookAtCopies(instance, key) {
    const { data } = await instance.call('GET', `server/caching/files?count=${COUNT}`);
    for (const copy of data) {
      const { id, state, video, verifiedBytes, size, bytesFrom } = copy;
      this.tell(key('copy', id), instance, `It will cache “${video.name}”: ${copy.reason}`, copy);
      if (state === 'cached')
        this.tell(
          key('cached', id),
          instance,
          `“${video.name}” is cached: ${verifiedBytes} of ${size} bytes proven`,
          {
            bytesFrom,
            ...copy,
          },
        );
    }
  }

  async #lookAtSeeds(instance, key) {
    const { data } = await instance.call('GET', `server/redundancy/videos?target=my-videos&count=${COUNT}`);
    for (const { name, redundancies } of data)
      for (const seed of redundancies.files)
        if (seed.state === 'listed')
          this.tell(key('seed', seed.id), instance, `A seed of “${name}” was checked and is listed`, seed);
  }
}

function titleOf({ type, document }) {
  const object = document?.object?.type ?? document?.terms?.object?.[0]?.terms?.type?.[0];
  if (type === 'Create' && JSON.stringify(document).includes('CacheFile'))
    return 'A copy was offered (CacheFile)';
  if (type === 'Create') return `Something new came (${object ?? 'Create'})`;
  return RECEIVED[type] ?? `${type} came`;
}
