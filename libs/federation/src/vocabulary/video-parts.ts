import type { CompactedDocument } from './compact.js';
import { type Labelled, readLabelled } from './parts.js';
import { flag, objects, text, url } from './values.js';

const DURATION = /^PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?$/;
const MAX_TAGS = 30;

export interface Subtitle extends Labelled {
  url: string;
  automaticallyGenerated: boolean;
}

/** An xs:duration of hours, minutes and seconds. */
export function secondsOf(duration: string | null): number {
  const [, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(duration ?? '') ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** PeerTube's numbered licences, or an SPDX name. */
export function readLicence(document: CompactedDocument): Labelled | null {
  const name = text(document, 'licence', 100);
  return readLabelled(document, 'licence') ?? (name ? { identifier: name, name } : null);
}

export const readTags = (document: CompactedDocument): string[] =>
  objects(document, 'tag')
    .filter(({ types }) => types.includes('Hashtag'))
    .flatMap((tag) => text(tag, 'name', 100)?.replace(/^#/, '') || [])
    .slice(0, MAX_TAGS);

export const readSubtitles = (document: CompactedDocument): Subtitle[] =>
  objects(document, 'subtitleLanguage').flatMap((subtitle) => {
    const [address, identifier] = [url(subtitle, 'url'), text(subtitle, 'identifier', 50)];
    if (!address || !identifier) return [];
    const name = text(subtitle, 'name', 200) ?? identifier;
    return [
      {
        identifier,
        name,
        url: address,
        automaticallyGenerated: flag(subtitle, 'automaticallyGenerated') ?? false,
      },
    ];
  });
