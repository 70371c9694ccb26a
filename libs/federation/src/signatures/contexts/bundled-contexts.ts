import security from '@digitalbazaar/security-context';
import type { DocumentLoader } from 'jsonld';
import { createRequire } from 'node:module';
import { IDENTITY_V1, IDENTITY_V1_URL } from './identity-v1.js';

export const ACTIVITYSTREAMS_URL = 'https://www.w3.org/ns/activitystreams';
export const SECURITY_V1_URL = 'https://w3id.org/security/v1';

type ContextDocument = { '@context': Record<string, unknown> };

// The package is a bare JSON file (MIT); an import would need an attribute that the tests' transform does not know.
const activityStreams = createRequire(import.meta.url)('activitystreams-context') as ContextDocument;

/** All contexts there are for us, by their exact URL. security/v1 is of @digitalbazaar/security-context (BSD-3-Clause). */
const BUNDLED: ReadonlyMap<string, object> = new Map<string, object>([
  [ACTIVITYSTREAMS_URL, activityStreams],
  [SECURITY_V1_URL, security.contexts.get(SECURITY_V1_URL)!],
  [IDENTITY_V1_URL, IDENTITY_V1],
]);

/** The terms of ActivityStreams: nobody may give them another meaning. */
export const ACTIVITYSTREAMS_TERMS: ReadonlyMap<string, unknown> = new Map(
  Object.entries(activityStreams['@context']),
);

export const isBundled = (url: string): boolean => BUNDLED.has(url);

/** The only loader that JSON-LD processing gets: nothing is ever fetched. */
export const loadBundled: DocumentLoader = async (url) => {
  const document = BUNDLED.get(url);
  if (!document) throw new Error(`the context ${url} is not bundled`);
  return { contextUrl: null, documentUrl: url, document, tag: 'static' };
};
