import { Injectable } from '@nestjs/common';
import {
  type AcceptedFollow,
  type DeletedVideo,
  type FailedJob,
  followAccepted,
  InstanceInfo,
  jobFailed,
  OnHook,
  PluginSettings,
  PluginStorage,
  type RemoteActor,
  userRegistered,
  videoDeleted,
  videoPublished,
  type VideoRow,
  videoUpdated,
  type Viewer,
} from '@vidiverse/hooks';
import { randomUUID } from 'node:crypto';
import { KeptList } from '../kept-list.js';
import type { Settings } from '../settings.js';

/** A video is told to be updated several times for one change, and while its renditions are made. */
const ONE_CHANGE_MS = 60 * 60_000;
/** Characters of an error that are kept. */
const MAX_ERROR = 300;

export interface KeptEvent {
  /** Of the entry, for ever: https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6 */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
  /** Name of what it happened to. */
  readonly about: string;
  readonly url: string;
  readonly summary: string;
  /** UUID of the video that has to be public for this to be shown; null: none. */
  readonly video: string | null;
}

/** Keeps what happens, for the feeds: what everybody may know apart from what only administrators may. */
@Injectable()
export class EventLog {
  readonly everybody: KeptList<KeptEvent>;
  readonly administrators: KeptList<KeptEvent>;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly instance: InstanceInfo,
    storage: PluginStorage,
    settings: PluginSettings<Settings>,
  ) {
    const keyOf = ({ at, id }: KeptEvent) => `${at}/${id}`;
    const most = () => settings.get().keptEvents;
    this.everybody = new KeptList(storage, { prefix: 'events/everybody/', keyOf, most });
    this.administrators = new KeptList(storage, { prefix: 'events/administrators/', keyOf, most });
  }

  @OnHook(videoPublished)
  published(video: VideoRow): Promise<void> {
    return this.inTurn(() => this.changed(video, 'Video published'));
  }

  @OnHook(videoUpdated)
  updated(video: VideoRow): Promise<void> {
    return this.inTurn(() => this.changed(video, null));
  }

  /** Told only of what was told before: by now nobody knows whether it was public. */
  @OnHook(videoDeleted)
  deleted({ uuid }: DeletedVideo): Promise<void> {
    return this.inTurn(async () => {
      const before = (await this.forget(uuid)).at(-1);
      if (before) await this.everybody.put(this.event('Video deleted', before.about, '/'));
    });
  }

  @OnHook(followAccepted)
  async followed({ direction, follower, target }: AcceptedFollow): Promise<void> {
    const isOfInstances = [follower, target].every(({ type }) => type === 'Application');
    const list = isOfInstances ? this.everybody : this.administrators;
    const event = this.event('Follow accepted', `${nameOf(follower)} follows ${nameOf(target)}`, '/');
    await list.put({ ...event, url: (direction === 'in' ? follower : target).url });
  }

  @OnHook(userRegistered)
  async registered({ username }: Viewer): Promise<void> {
    await this.administrators.put(this.event('User registered', username, `/a/${username}`));
  }

  @OnHook(jobFailed)
  async failed({ kind, error }: FailedJob): Promise<void> {
    const summary = (error ?? '').slice(0, MAX_ERROR);
    await this.administrators.put({ ...this.event('Job failed', kind, '/admin'), summary });
  }

  /** `what`: null of a change, which is part of the event before when that was a short time ago. */
  private async changed(video: VideoRow, what: string | null): Promise<void> {
    if (!isPublic(video)) return void (await this.forget(video.uuid));
    const before = (await this.eventsOf(video.uuid)).at(-1);
    const isSameChange = before && Date.now() - Date.parse(before.at) < ONE_CHANGE_MS;
    const event = isSameChange ? before : this.event('Video updated', video.name, '/');
    const { uuid, url, name: about } = video;
    await this.everybody.put({ ...event, about, url, video: uuid, what: what ?? event.what });
  }

  private async eventsOf(uuid: string): Promise<KeptEvent[]> {
    return (await this.everybody.all()).filter(({ video }) => video === uuid);
  }

  private async forget(uuid: string): Promise<KeptEvent[]> {
    const events = await this.eventsOf(uuid);
    for (const event of events) await this.everybody.remove(event);
    return events;
  }

  private event(what: string, about: string, path: string): KeptEvent {
    const [id, at] = [`urn:uuid:${randomUUID()}`, new Date().toISOString()];
    return { id, at, what, about, url: this.instance.url + path, summary: '', video: null };
  }

  /** One after the other: each looks at what the one before has kept. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

/** Whether everybody may be told of a video: an unlisted one is only for who has its address. */
export const isPublic = ({ privacy, state }: VideoRow): boolean => privacy.id === 1 && state.id === 1;

const nameOf = ({ type, username, host }: RemoteActor): string =>
  type === 'Application' ? host : `${username}@${host}`;
