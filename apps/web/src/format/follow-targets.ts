/** What somebody wrote to be followed, sorted into what can be asked for. */
export interface FollowTargets {
  /** Instances. */
  hosts: string[];
  /** Channels and accounts, as name@host. */
  handles: string[];
  /** What is neither, as it was written. */
  unreadable: string[];
}

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})+|localhost)(?::\\d{1,5})?$`);
const NAME = /^[a-z0-9_.-]+$/i;
/** Addresses of people and channels on PeerTube's and our own pages. */
const ACTOR_PATH = /^\/(?:a|c|accounts|video-channels)\/([^/]+)/;

/** Reads hosts, handles and addresses of pages, several at once, between spaces, commas or lines. */
export function followTargets(text: string): FollowTargets {
  const found: FollowTargets = { hosts: [], handles: [], unreadable: [] };
  for (const word of text.split(/[\s,;]+/).filter(Boolean)) {
    const target = readTarget(word);
    const list = target === null ? found.unreadable : target.includes('@') ? found.handles : found.hosts;
    if (!list.includes(target ?? word)) list.push(target ?? word);
  }
  return found;
}

/** `video.example`, `name@video.example`, or null. Whether it exists is the server's to find out. */
export function readTarget(word: string): string | null {
  if (/^https?:\/\//i.test(word)) return readAddress(word);
  const [name, host, ...more] = word.replace(/^@/, '').toLowerCase().split('@');
  if (more.length > 0) return null;
  if (host === undefined) return HOST.test(name!) ? name! : null;
  return NAME.test(name!) && HOST.test(host) ? `${name}@${host}` : null;
}

function readAddress(word: string): string | null {
  if (!URL.canParse(word)) return null;
  const { host, pathname } = new URL(word);
  const actor = ACTOR_PATH.exec(pathname)?.[1];
  if (actor === undefined) return readTarget(host);
  return readTarget(actor.includes('@') ? actor : `${actor}@${host}`);
}
