import { type CacheStrategy, MANUAL, type StrategyKind } from '../api/caching-types';
import { plural } from './index';

const KINDS: Record<StrategyKind, string> = {
  'most-views': 'Most viewed',
  trending: 'Trending',
  'recently-added': 'Recently added',
  channels: 'Chosen channels',
  instance: 'Everything from one instance',
};

export const kindLabel = (kind: StrategyKind): string => KINDS[kind];

export interface Unit {
  id: string;
  label: string;
  /** Bytes, or seconds. */
  worth: number;
}

/** From the largest on. */
export const SIZE_UNITS: Unit[] = [
  { id: 'tb', label: 'TB', worth: 1e12 },
  { id: 'gb', label: 'GB', worth: 1e9 },
  { id: 'mb', label: 'MB', worth: 1e6 },
];
export const TIME_UNITS: Unit[] = [
  { id: 'day', label: 'days', worth: 86_400 },
  { id: 'hour', label: 'hours', worth: 3600 },
  { id: 'minute', label: 'minutes', worth: 60 },
  { id: 'second', label: 'seconds', worth: 1 },
];

/** The largest unit of which this is a whole number. */
export const timeUnit = (seconds: number): Unit =>
  TIME_UNITS.find(({ worth }) => seconds >= worth && seconds % worth === 0) ?? TIME_UNITS[1]!;

/** `2 days` */
export function formatLifetime(seconds: number): string {
  const { id, worth } = timeUnit(seconds);
  return plural(seconds / worth, id);
}

/** What a strategy picks, in a sentence. */
export function strategyChoice({ kind, minViews = 0, channels = [], host = '' }: CacheStrategy): string {
  if (kind === 'most-views')
    return minViews > 0
      ? `The videos with the most views, with ${plural(minViews, 'view')} at least.`
      : 'The videos with the most views.';
  if (kind === 'trending') return 'The videos that were viewed most in the last days.';
  if (kind === 'recently-added') return 'The newest videos.';
  if (kind === 'channels') return `The newest videos of ${channels.join(', ')}.`;
  return `All videos of ${host}, the newest first.`;
}

/** How long its copies stay. */
export const strategyStay = ({ minLifetime }: Pick<CacheStrategy, 'minLifetime'>): string =>
  minLifetime > 0
    ? `A copy stays ${formatLifetime(minLifetime)} at least.`
    : 'A copy goes as soon as a better one needs its room.';

/** What people call the strategy of this name. */
export const strategyName = (name: string): string => (name === MANUAL ? 'chosen by hand' : name);
