const KEY = 'vidiverse.positions';
const MAX_VIDEOS = 200;
/** Not worth going back to, in seconds from the start. */
const EARLY = 10;
/** The last part of a video counts as seen. */
const SEEN = 0.95;

type Positions = Record<string, number>;

function read(): Positions {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Positions;
  } catch {
    return {};
  }
}

/** Where a viewer left a video, in seconds; 0 when it was not begun or was seen to the end. */
export const positionOf = (uuid: string): number => read()[uuid] ?? 0;

/** Remembers where a viewer is; the oldest of more than 200 videos is forgotten. */
export function keepPosition(uuid: string, seconds: number, duration: number): void {
  const { [uuid]: _old, ...others } = read();
  const begun = seconds > EARLY && seconds < duration * SEEN;
  const entries = [...Object.entries(others), ...(begun ? [[uuid, Math.floor(seconds)] as const] : [])];
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries.slice(-MAX_VIDEOS))));
  } catch {
    // Nothing can be kept here.
  }
}
