import { DocumentRefusedError } from '../federation.errors.js';
import type { CompactedDocument, CompactedValue } from './compact.js';
import type { Term } from './terms.js';
import { webUrl } from './urls.js';

/** Reading one term of a compacted document. `needed` before a name: refused when it is absent or not that. */

const all = (document: CompactedDocument, term: Term): CompactedValue[] => document.terms[term] ?? [];

export const objects = (document: CompactedDocument, term: Term): CompactedDocument[] =>
  all(document, term).filter((value): value is CompactedDocument => typeof value === 'object');

export const texts = (document: CompactedDocument, term: Term): string[] =>
  all(document, term).filter((value): value is string => typeof value === 'string');

/** The first text, at most `maxLength` characters of it. */
export const text = (document: CompactedDocument, term: Term, maxLength = 10_000): string | null =>
  texts(document, term)[0]?.slice(0, maxLength) ?? null;

export const number = (document: CompactedDocument, term: Term): number | null =>
  all(document, term).find((value) => typeof value === 'number') ?? null;

/** A count: whole, not negative, exact. */
export function count(document: CompactedDocument, term: Term): number | null {
  const value = number(document, term);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export const flag = (document: CompactedDocument, term: Term): boolean | null =>
  all(document, term).find((value) => typeof value === 'boolean') ?? null;

export function date(document: CompactedDocument, term: Term): Date | null {
  const value = new Date(text(document, term) ?? NaN);
  return Number.isNaN(value.getTime()) ? null : value;
}

/** The URLs of a term, whether they came bare or as the ids of objects. What is no URL of the web is left out. */
export const urls = (document: CompactedDocument, term: Term): string[] =>
  all(document, term).flatMap((value) => webUrl(typeof value === 'object' ? value.id : value) ?? []);

export const url = (document: CompactedDocument, term: Term): string | null =>
  urls(document, term)[0] ?? null;

export function neededId({ id }: CompactedDocument): string {
  const valid = webUrl(id);
  if (valid === null) throw malformed('an id that is a URL of the web');
  return valid;
}

/** The one URL of a term. Several are refused: one reader would take the first, another the last. */
export function neededUrl(document: CompactedDocument, term: Term): string {
  const [only, ...others] = urls(document, term);
  if (only === undefined || others.length > 0 || all(document, term).length > 1)
    throw malformed(`one ${term}`);
  return only;
}

export function neededText(document: CompactedDocument, term: Term, maxLength?: number): string {
  const value = text(document, term, maxLength);
  if (value === null || value.trim() === '') throw malformed(term);
  return value;
}

export const malformed = (what: string) =>
  new DocumentRefusedError('malformed_document', `the document needs ${what}`);
