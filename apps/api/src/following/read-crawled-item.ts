import { type JsonObject, type JsonValue, webUrl } from '@vidiverse/federation';
import type { CrawledItem } from './crawled-items.js';

const TYPES = ['Create', 'Announce'] as const;

/** Reads an item of an outbox; null for what is about no object of its own, such as a Like. */
export function readCrawledItem(item: string | JsonObject): CrawledItem | null {
  // A bare id is taken for the video's: no server lists the ids of activities.
  if (typeof item === 'string') return toItem('Create', null, item);
  const type = TYPES.find((known) => many(item.type).includes(known));
  return type ? toItem(type, webUrl(item.id), idOf(item.object)) : null;
}

function toItem(
  type: CrawledItem['type'],
  activityUrl: string | null,
  url: JsonValue | undefined,
): CrawledItem | null {
  const videoUrl = webUrl(url);
  return videoUrl === null ? null : { type, activityUrl, videoUrl };
}

const many = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : [value ?? null]);

const idOf = (value: JsonValue | undefined): JsonValue | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : value;
