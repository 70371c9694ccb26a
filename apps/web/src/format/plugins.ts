import type { HandlerHealth, Plugin, PluginMemory } from '../api/plugin-types';
import { formatAgo, formatBytes, formatExactDate, plural } from './index';

/** A time of the work of a handler: `0.4 ms`, `1.2 s`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds > 0 && milliseconds < 0.1) return 'under 0.1 ms';
  return `${milliseconds.toFixed(milliseconds >= 10 ? 0 : 1)} ms`;
}

/** What an administrator should know of a plugin beyond its state, a sentence each. */
export function pluginNotes(plugin: Plugin): string[] {
  const { restartNeeded, failedStarts, enabled, installed, version, memory } = plugin;
  const notes = [];
  if (memory?.isHigh) notes.push(`It holds ${formatBytes(memory.heldBytes)} of memory, which is much.`);
  if (failedStarts > 0)
    notes.push(failedStarts === 1 ? 'Its last start failed.' : `Its last ${failedStarts} starts failed.`);
  if (restartNeeded && installed && installed.version !== version)
    notes.push(`Version ${installed.version} runs once the server is restarted.`);
  else if (restartNeeded)
    notes.push(`It is switched ${enabled ? 'on' : 'off'} once the server is restarted.`);
  return notes;
}

/** `3 failures, 1 of them too late`; empty when there is nothing to say. */
export function handlerFailures({ failures, timeouts }: HandlerHealth): string {
  if (failures === 0) return 'None';
  return timeouts > 0
    ? `${plural(failures, 'failure')}, ${timeouts} of them too late`
    : plural(failures, 'failure');
}

/** Whether a handler is left out for a while, in words. */
export function setAside({ setAsideUntil, skipped }: HandlerHealth, now = Date.now()): string | null {
  if (setAsideUntil && new Date(setAsideUntil).getTime() > now)
    return `It failed too often and is not called before ${formatExactDate(setAsideUntil)}.`;
  return skipped > 0 ? `${plural(skipped, 'call')} left out while it was set aside.` : null;
}

/** Enough of a hash to tell two apart at a glance: `sha512-pJjFQsgG…2Xtdw==`. */
export const shortHash = (integrity: string): string => `${integrity.slice(0, 15)}…${integrity.slice(-7)}`;

/** The mean of its calls. */
export const meanTime = ({ calls, totalMs }: HandlerHealth): string =>
  calls === 0 ? '-' : formatMilliseconds(totalMs / calls);

export const longestTime = ({ calls, longestMs }: HandlerHealth): string =>
  calls === 0 ? '-' : formatMilliseconds(longestMs);

export const lastFailure = ({ lastError, lastFailedAt }: HandlerHealth): string | null =>
  lastError === null ? null : `${lastFailedAt ? `${formatAgo(lastFailedAt)}: ` : ''}${lastError}`;

/** `It holds 12 MB of memory, 2.0 MB of it since the first measurement.` */
export function heldMemory({ heldBytes, grownBytes }: PluginMemory): string {
  const grown = grownBytes > 0 ? `, ${formatBytes(grownBytes)} of it since the first measurement` : '';
  return `It holds ${formatBytes(Math.max(0, heldBytes))} of memory${grown}.`;
}

/** What cannot be told apart by plugin; null when there is nothing of it. */
export const grownBuffers = ({ buffersGrownBytes }: PluginMemory): string | null =>
  buffersGrownBytes > 0
    ? `The buffers of the whole server have grown by ${formatBytes(buffersGrownBytes)}; whose they are is not known.`
    : null;
