import type { ActorSummary, Video } from '../api/types';

/** `name` here, `name@host` elsewhere. */
export const handleOf = ({ name, host }: ActorSummary, here = location.host): string =>
  host === here ? name : `${name}@${host}`;

/** The host of what comes from another instance; undefined for what is ours. */
export const remoteHost = ({ host }: { host: string }, here = location.host): string | undefined =>
  host === here ? undefined : host;

export const channelPath = (channel: ActorSummary): string => `/c/${handleOf(channel)}`;
export const accountPath = (account: ActorSummary): string => `/a/${handleOf(account)}`;
export const watchPath = ({ shortUUID }: Pick<Video, 'shortUUID'>): string => `/w/${shortUUID}`;

const TIME = /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?$/;

/** `90`, `90s`, `1m30s`, `1h2m3s` in seconds, as PeerTube writes `?start=`; undefined for anything else. */
export function parseStart(text: unknown): number | undefined {
  const match = typeof text === 'string' && text !== '' ? TIME.exec(text) : null;
  if (!match) return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return hours! * 3600 + minutes! * 60 + seconds!;
}

/** The other way round: `1m30s`. */
export function toStart(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${whole % 60}s`;
}

/** Only paths of this site may be gone to after a login: an address from outside would be an open redirect. */
export const safeNext = (next: unknown): string =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
