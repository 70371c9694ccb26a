import { isStatus, type Api, useApi } from '../api';
import type { Actor, Channel, Video } from '../api/types';
import { type Lookup, lookupOf } from '../format/lookup';
import { useLoad } from './useLoad';

/** What an address or a handle led to; without any of the three, `reason` may say why. */
export interface Found {
  video?: Video;
  channel?: Channel;
  account?: Actor;
  reason?: string;
}

/** Looks an address or a handle up, here and, for who is logged in, on its instance; null for words. */
export function useLookup(search: () => string) {
  const api = useApi();
  return useLoad(search, (text, signal) => {
    const lookup = lookupOf(text);
    return lookup.kind === 'words' ? Promise.resolve(null) : find(api, lookup, signal);
  });
}

async function find(api: Api, { kind, text }: Lookup, signal: AbortSignal): Promise<Found> {
  if (kind === 'handle') return findActor(api, text, signal);
  const videos = await api.videos.search({ search: text, count: 1 }, signal);
  if (videos.data[0]) return { video: videos.data[0] };
  const channels = await api.searchChannels(text, signal);
  return { channel: channels.data[0], reason: videos.remoteError ?? channels.remoteError };
}

/** A channel; an account when there is no channel of that name. */
async function findActor(api: Api, handle: string, signal: AbortSignal): Promise<Found> {
  const channel = await orNull(api.channel(handle, signal));
  if (channel) return { channel };
  // Asks its instance, which makes the account known here too, should it be one.
  const asked = handle.includes('@') ? await api.searchChannels(handle, signal) : null;
  if (asked?.data[0]) return { channel: asked.data[0] };
  const account = await orNull(api.account(handle, signal));
  return account ? { account } : { reason: asked?.remoteError };
}

const orNull = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isStatus(error, 404)) return null;
    throw error;
  });
