import { randomInt } from 'node:crypto';
import { RequestFailedError } from '../../support/http-client.js';
import type { Rating } from '../../support/interaction.js';
import { makeMp4 } from '../../support/media/index.js';
import { until, uploadForm } from '../../support/uploads.js';
import { PUBLISHED } from '../../support/videos.js';
import type { FederatedProcess } from './federated-processes.js';
import type { Killer } from './killer.js';
import type { Change, Ledger } from './ledger.js';
import type { Pace } from './pace.js';

/** A video that somebody of the crowd published. */
interface Published {
  number: number;
  uuid: string;
  isTold: boolean;
  comments: Array<{ by: FederatedProcess; id: number; text: string }>;
}

const RATINGS: Rating[] = ['like', 'dislike', 'none'];
/** Videos of one member. */
const MANY = 12;
/** Videos that each begins with. */
const FIRST = 3;
const PUBLISHED_LIMIT = 60_000;

const pick = <T>(items: T[]): T => items[randomInt(items.length)]!;

/** How a rating stands in the ledger. */
export const ratingSubject = (host: string, uuid: string) => `rating by root@${host} of ${uuid}`;

/** People who do all that is told to others: at the origin, and at the instances that follow it. */
export class Crowd {
  private count = 0;
  private readonly members: Published[][];

  constructor(
    private readonly origin: FederatedProcess,
    private readonly all: FederatedProcess[],
    private readonly killer: Killer,
    private readonly ledger: Ledger,
    private readonly pace: Pace,
    size: number,
  ) {
    this.members = Array.from({ length: size }, () => []);
  }

  /** Each has something to begin with. Resolves when all of it is published. */
  async settle(): Promise<void> {
    for (const videos of this.members) {
      for (let index = 0; index < FIRST; index += 1) await this.publish(videos);
      for (const video of videos)
        await until(() => this.isTold(video), 'what there is to begin with is published', PUBLISHED_LIMIT);
    }
  }

  async run(): Promise<void> {
    await Promise.all(this.members.map((videos, index) => this.live(videos, index)));
  }

  /** Each has videos of its own, so that what is done to one is done in an order that the ledger knows. */
  private async live(videos: Published[], index: number): Promise<void> {
    while (await this.pace.turn('activities')) {
      await this.act(index, videos);
    }
  }

  private async note<T>(change: Change, request: () => Promise<T>): Promise<T | null> {
    const answer = await this.ledger.note(change, request);
    if (answer !== null) this.pace.count('activities');
    return answer;
  }

  private async act(index: number, videos: Published[]): Promise<void> {
    const chance = randomInt(100);
    if (chance >= 80 && index === 0) return chance < 90 ? this.introduce() : this.toggleFollow();
    if (videos.length === 0 || (chance < 14 && videos.length < MANY)) return this.publish(videos);
    const video = pick(videos);
    if (chance < 22) return this.remove(videos, video);
    if (chance < 45) return this.rename(video);
    if (!(await this.isTold(video))) return;
    if (chance < 68) return this.comment(video);
    if (chance < 76) return this.removeComment(video);
    return this.rate(video);
  }

  private async publish(videos: Published[]): Promise<void> {
    await this.killer.untilUp(this.origin);
    const number = ++this.count;
    const name = `clip ${number}`;
    const { address, root, channelId } = this.origin;
    const answer = await this.note({ kind: 'publish', subject: `video ${number}`, value: name }, () =>
      answered(
        uploadForm({ address, token: root.token!, channelId }, makeMp4({ frames: 5, seed: number }), {
          name,
        }),
      ),
    );
    if (answer) videos.push({ number, uuid: answer.uuid, isTold: false, comments: [] });
  }

  /** What is said of a video before it is published is told to nobody. */
  private async isTold(video: Published): Promise<boolean> {
    if (video.isTold) return true;
    await this.killer.untilUp(this.origin);
    const state = await this.origin.root.video(video.uuid).then(
      (shown) => shown.state.id,
      () => null,
    );
    video.isTold = state === PUBLISHED;
    return video.isTold;
  }

  private async rename({ number, uuid }: Published): Promise<void> {
    await this.killer.untilUp(this.origin);
    const name = `clip ${number} as ${++this.count}`;
    await this.note({ kind: 'rename', subject: `video ${number}`, value: name }, () =>
      this.origin.root.updateVideo(uuid, { name }),
    );
  }

  private async remove(videos: Published[], video: Published): Promise<void> {
    await this.killer.untilUp(this.origin);
    videos.splice(videos.indexOf(video), 1);
    await this.note({ kind: 'delete', subject: `video ${video.number}`, value: null }, () =>
      this.origin.root.removeVideo(video.uuid),
    );
  }

  private async rate({ uuid }: Published): Promise<void> {
    const by = pick(this.all);
    await this.killer.untilUp(by);
    const rating = pick(RATINGS);
    const value = rating === 'none' ? null : rating;
    await this.note({ kind: 'rate', subject: ratingSubject(by.host, uuid), value }, () =>
      by.root.rate(uuid, rating),
    );
  }

  private async comment({ uuid, comments }: Published): Promise<void> {
    const by = pick(this.all);
    await this.killer.untilUp(by);
    const text = `comment ${++this.count}`;
    const comment = await this.note({ kind: 'comment', subject: text, value: uuid }, () =>
      by.root.comment(uuid, text),
    );
    if (comment) comments.push({ by, id: comment.id, text });
  }

  private async removeComment({ uuid, comments }: Published): Promise<void> {
    if (comments.length === 0) return;
    const [{ by, id, text }] = comments.splice(randomInt(comments.length), 1) as [Published['comments'][0]];
    await this.killer.untilUp(by);
    await this.note({ kind: 'delete comment', subject: text, value: null }, () =>
      by.root.removeComment(uuid, id),
    );
  }

  private async introduce(): Promise<void> {
    await this.killer.untilUp(this.origin);
    const displayName = `Root ${++this.count}`;
    await this.note({ kind: 'introduce', subject: 'display name', value: displayName }, () =>
      this.origin.root.updateMe({ displayName }),
    );
  }

  /** Of somebody who has nothing to show: what is followed meanwhile changes nothing else. */
  private async toggleFollow(): Promise<void> {
    const [, follower, followed] = this.all as [FederatedProcess, FederatedProcess, FederatedProcess];
    const handle = `root@${followed.host}`;
    await this.killer.untilUp(follower);
    const isOn = randomInt(2) === 0;
    const change = { kind: isOn ? 'follow' : 'unfollow', subject: 'follow', value: isOn ? handle : null };
    await this.note(change, () =>
      isOn ? follower.root.follow({ handles: [handle] }) : follower.root.unfollow(handle),
    );
  }
}

/** The video of an upload. @throws RequestFailedError */
async function answered(upload: ReturnType<typeof uploadForm>): Promise<{ uuid: string }> {
  const { status, body, headers } = await upload;
  if (!body.video) throw new RequestFailedError('the upload', status, body as object, headers);
  return body.video;
}
