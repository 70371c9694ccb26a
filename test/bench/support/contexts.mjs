import security from '@digitalbazaar/security-context';
import { createRequire } from 'node:module';

const documents = new Map([
  ...security.contexts,
  ['https://www.w3.org/ns/activitystreams', createRequire(import.meta.url)('activitystreams-context')],
]);

/** The contexts of our documents, for the bare library. */
export async function loadContext(url) {
  return { contextUrl: null, documentUrl: url, document: documents.get(url), tag: 'static' };
}
