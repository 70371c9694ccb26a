import { createHash } from 'node:crypto';

/** The same parts give the same name, in the form of a UUID; nobody can guess it who lacks one of them. */
export function derivedUuid(...parts: Array<string | Buffer>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update(' ');
  return hash.digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
