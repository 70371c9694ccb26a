import type { Seed, SeededVideo, SeedHealth, SeedState } from '../api/caching-types';
import { formatAgo, formatBytes, formatDate, plural } from './index';

const MEANINGS: Record<SeedState, string> = {
  unchecked: 'Its bytes were not looked at yet: viewers are not told of it.',
  listed: 'Its bytes were looked at and are right: viewers draw from it.',
  quarantined: 'The last look at its bytes failed: viewers are told of it again once one succeeds.',
  dropped: 'It failed too often: viewers are not told of it any more.',
};

export const seedMeaning = ({ state }: Pick<Seed, 'state'>): string => MEANINGS[state];

/** How large it is, since when it is offered, and until when. */
export function seedFacts({ size, createdAt, expiresOn }: Seed): string {
  const until = expiresOn ? `promised until ${formatDate(expiresOn)}` : 'until it is taken back';
  return `${formatBytes(size)} · offered ${formatAgo(createdAt)}, ${until}`;
}

/** When its bytes were looked at, how fast they came, and when they are looked at again. */
export function seedHealth(
  { checkedAt, checkDueAt, throughput, failureRate }: SeedHealth,
  now = Date.now(),
): string {
  if (!checkedAt) return 'It is looked at soon.';
  const dueIn = checkDueAt === null ? null : new Date(checkDueAt).getTime() - now;
  const next =
    dueIn === null ? 'not again' : dueIn < 60_000 ? 'again soon' : `again ${formatAgo(checkDueAt!, now)}`;
  return [
    `Looked at ${formatAgo(checkedAt, now)}, ${next}`,
    throughput !== null && `${formatBytes(throughput)}/s`,
    failureRate >= 0.005 && `${Math.round(failureRate * 100)} % of the looks failed lately`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Why the last look failed; null when it did not. */
export function seedTrouble({ errors, lastError }: SeedHealth): string | null {
  if (errors === 0 && lastError === null) return null;
  return `Failed ${plural(errors, 'time')} in a row: ${lastError ?? 'no reason is known'}`;
}

/** How many copies of a video viewers draw from. */
export function listedOf({ redundancies: { files } }: SeededVideo): string {
  const listed = files.filter(({ state }) => state === 'listed').length;
  const copies = plural(files.length, 'copy', 'copies');
  if (listed === 0) return `${copies}, not listed`;
  return listed === files.length ? `${copies}, listed` : `${copies}, ${listed} of them listed`;
}
