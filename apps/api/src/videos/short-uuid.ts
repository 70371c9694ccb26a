import { createTranslator } from 'short-uuid';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHORT = /^[1-9A-HJ-NP-Za-km-z]{21,22}$/;
const NUMERIC = /^[1-9]\d{0,15}$/;

// Flickr's base 58, as in PeerTube's watch URLs. Node cannot see the package's own constant for it.
const translator = createTranslator('123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ');

/** 22 characters that stand for a UUID in short URLs. */
export const toShortUuid = (uuid: string): string => translator.fromUUID(uuid);

/** How a video is named in a URL: numeric id, UUID or short UUID. Null when it is none of these. */
export function parseVideoId(text: string): { id: number } | { uuid: string } | null {
  if (NUMERIC.test(text)) return { id: Number(text) };
  if (UUID.test(text)) return { uuid: text.toLowerCase() };
  if (!SHORT.test(text)) return null;
  const uuid = translator.toUUID(text);
  // More than 128 bits would wrap around to another video's UUID.
  return UUID.test(uuid) && translator.fromUUID(uuid) === text ? { uuid } : null;
}
