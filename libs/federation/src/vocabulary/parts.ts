import type { CompactedDocument } from './compact.js';
import type { Term } from './terms.js';
import { count, objects, text, url, urls } from './values.js';
import { webUrl } from './urls.js';

/** Parts that several kinds of objects have. */
export interface RemoteImage {
  url: string;
  mediaType: string | null;
  /** Pixels. */
  width: number | null;
  height: number | null;
}

export interface Attribution {
  id: string;
  /** `Person` or `Group`, when it was said. */
  type: string | null;
}

/** What a video calls its category, licence or language. */
export interface Labelled {
  identifier: string;
  name: string;
}

export const readImages = (document: CompactedDocument, term: Term): RemoteImage[] =>
  objects(document, term).flatMap((image) => {
    const address = url(image, 'url') ?? objects(image, 'url').map((link) => url(link, 'href'))[0] ?? null;
    const size = { width: count(image, 'width'), height: count(image, 'height') };
    return address === null ? [] : [{ url: address, mediaType: text(image, 'mediaType', 100), ...size }];
  });

/** Peers send objects with a type, or bare URLs. */
export function readAttributions(document: CompactedDocument): Attribution[] {
  const typed = objects(document, 'attributedTo').flatMap(({ id, types }) => {
    const valid = webUrl(id);
    return valid === null ? [] : [{ id: valid, type: types[0] ?? null }];
  });
  const bare = urls(document, 'attributedTo').filter((id) => !typed.some((one) => one.id === id));
  return [...typed, ...bare.map((id) => ({ id, type: null }))];
}

export function readLabelled(document: CompactedDocument, term: Term): Labelled | null {
  const [labelled] = objects(document, term);
  const identifier = labelled && text(labelled, 'identifier', 100);
  return labelled && identifier ? { identifier, name: text(labelled, 'name', 200) ?? identifier } : null;
}
