import type { AnnounceParams } from 'bittorrent-tracker/server';

/** Characters; WebTorrent sends 20. */
const MAX_ID_LENGTH = 100;

function isDescription(value: unknown, type: 'offer' | 'answer'): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type: given, sdp } = value as { type?: unknown; sdp?: unknown };
  return given === type && typeof sdp === 'string';
}

const isId = (value: unknown) =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_LENGTH;

/**
 * What is wrong with the offers or the answer of an announce; undefined when nothing is. Only session descriptions are
 * handed from peer to peer: a tracker that passes on anything is a channel for spam.
 */
export function brokenSession({ offers, answer, offer_id: id }: AnnounceParams): string | undefined {
  if (answer !== undefined)
    return isDescription(answer, 'answer') && isId(id)
      ? undefined
      : 'answer must be { type: "answer", sdp }, with its offer_id';
  if (offers === undefined || offers === null) return undefined;
  if (!Array.isArray(offers)) return 'offers must be a list';
  for (const each of offers as unknown[]) {
    const { offer, offer_id: offerId } = (each ?? {}) as { offer?: unknown; offer_id?: unknown };
    if (!isDescription(offer, 'offer') || !isId(offerId))
      return 'each of offers must be { offer: { type: "offer", sdp }, offer_id }';
  }
  return undefined;
}
