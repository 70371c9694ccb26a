import { newVisitor, type Visitor } from './chromium.js';
import type { TestInstance } from './create-instance.js';
import { makeMp4 } from './media/index.js';
import { uploaderOf, uploadForm, until } from './uploads.js';

/** What the player of a page says of itself; see `MediaState` in the web app. */
export interface PlayerFigures {
  paused: boolean;
  ended: boolean;
  currentTime: number;
  duration: number;
  resolution: number;
  delivery: 'swarm' | 'http';
  peers: number;
  /** Bytes from other viewers, from each server, and to other viewers. */
  transfer: { peers: number; seeds: Record<string, number>; uploaded: number };
  /** Pieces that are here, and all of them. */
  have: number;
  pieces: number;
  error: string | null;
  /** The element has data to go on with. */
  ready: boolean;
}

export interface Viewer extends Visitor {
  figures(): Promise<PlayerFigures>;
  play(): Promise<void>;
  /** Until the figures are as wanted. */
  see(what: string, wanted: (figures: PlayerFigures) => boolean, deadlineMs?: number): Promise<PlayerFigures>;
}

export const seedBytes = ({ transfer }: PlayerFigures): number =>
  Object.values(transfer.seeds).reduce((sum, bytes) => sum + bytes, 0);

/** Somebody with a browser of their own, in a process of its own, at the watch page of a video. */
export async function newViewer(
  address: string,
  shortUUID: string,
  { query = '', setUp }: { query?: string; setUp?: (visitor: Visitor) => Promise<void> } = {},
): Promise<Viewer> {
  const visitor = await newVisitor(address);
  await setUp?.(visitor);
  await visitor.open(`/w/${shortUUID}${query}`);
  const { page } = visitor;
  await page.locator('video').waitFor();
  const figures = async () => {
    // After a reload the player is there a moment later than the page.
    await page.waitForFunction(() => '__vidiverse' in window && document.querySelector('video') !== null);
    return page.evaluate(readFigures);
  };
  return {
    ...visitor,
    figures,
    play: () => page.getByRole('button', { name: 'Play the video' }).click(),
    see: (what, wanted, deadlineMs) =>
      until(
        async () => {
          const now = await figures();
          return wanted(now) ? now : null;
        },
        what,
        deadlineMs,
      ) as Promise<PlayerFigures>,
  };
}

/** Runs in the page. */
function readFigures(): PlayerFigures {
  const { player } = (
    window as unknown as { __vidiverse: { player: { state: PlayerFigures & { pieces: boolean[] } } } }
  ).__vidiverse;
  const { state } = player;
  const element = document.querySelector('video')!;
  return {
    paused: state.paused,
    ended: state.ended,
    currentTime: element.currentTime,
    duration: state.duration,
    resolution: state.resolution,
    delivery: state.delivery,
    peers: state.peers,
    transfer: JSON.parse(JSON.stringify(state.transfer)) as PlayerFigures['transfer'],
    have: state.pieces.filter(Boolean).length,
    pieces: state.pieces.length,
    error: state.error,
    ready: element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA,
  };
}

/** Uploads a clip of so many seconds (about 0.46 MB each) and waits until it is published. */
export async function publishClip(instance: TestInstance, seconds: number): Promise<string> {
  const uploader = await uploaderOf(instance);
  const { body } = await uploadForm(uploader, makeMp4({ frames: seconds * 25, fastStart: true }), {
    name: `A clip of ${seconds} seconds`,
  });
  const { shortUUID } = body.video!;
  const published = async () => {
    const answer = await fetch(`${instance.address}/api/v1/videos/${shortUUID}`);
    return answer.ok && ((await answer.json()) as { state: { id: number } }).state.id === 1;
  };
  await until(published, 'the clip is published');
  return shortUUID;
}

/** Bytes of a video that the server has served by HTTP since it started. */
export async function servedBytes({ address }: { address: string }, shortUUID: string): Promise<number> {
  const answer = await fetch(`${address}/api/v1/videos/${shortUUID}/swarm`);
  const { files } = (await answer.json()) as { files: Array<{ webSeedBytes: number }> };
  return files.reduce((sum, { webSeedBytes }) => sum + webSeedBytes, 0);
}
