import type { WebSlots } from '@vidiverse/hooks/web';
import type { WebModule } from '../api/plugin-types';
import { readWeb } from './read-web';
import { say } from './say';

/** A plugin whose part of the pages is here. */
export interface LoadedPlugin {
  name: string;
  displayName: string;
  slots: WebSlots;
}

export interface LoadOptions {
  /** Fetches and runs an ES module. */
  load: (url: string) => Promise<unknown>;
  /** Milliseconds for that. */
  timeLimit: number;
}

/** The plugin of a module; null, with a word in the console, when it cannot be loaded, is no plugin's or is too slow. */
export async function loadModule(
  { name, displayName, url }: WebModule,
  { load, timeLimit }: LoadOptions,
): Promise<LoadedPlugin | null> {
  try {
    if (!/^\/(?!\/)/.test(url)) throw new TypeError('its address is not on this site');
    const { slots, problems } = readWeb(await within(timeLimit, load(url)));
    for (const problem of problems) say(name, `left out: ${problem}`);
    return { name, displayName, slots };
  } catch (error) {
    say(name, 'its part of the pages was skipped', error);
    return null;
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
