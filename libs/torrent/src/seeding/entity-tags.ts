/** Whether `If-None-Match` names the tag (weak comparison, RFC 9110 section 13.1.2). */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);
}

/** Whether `If-Range` lets a range be served: only the very tag does, a date never (RFC 9110 section 13.1.5). */
export const allowsRange = (header: string | string[] | undefined, etag: string): boolean =>
  header === undefined || header === etag;
