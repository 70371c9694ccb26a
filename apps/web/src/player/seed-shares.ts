/** A seed and how fast it was: bytes per millisecond, null before the first measurement. */
export interface MeasuredSeed {
  url: string;
  speed: number | null;
}

/** The bytes from `start` up to, not including, `end`, that one seed is asked for. */
export interface SeedShare {
  seed: string;
  start: number;
  end: number;
}

/**
 * Parts a range among seeds by their speed, the best of them first: each gets one run, of whole `unit`s counted from `start`, so that
 * no seed has to answer for what another sent. One that is not measured yet gets a single unit, and never the first.
 */
export function shareOut(seeds: MeasuredSeed[], start: number, end: number, unit: number): SeedShare[] {
  const known = seeds.filter(({ speed }) => speed !== null);
  const untried = seeds.filter(({ speed }) => speed === null);
  const units = Math.ceil((end - start) / unit);
  const leader = known[0] ?? untried[0];
  if (!leader) return [];
  const others = [...known, ...untried].filter((seed) => seed !== leader).slice(0, units - 1);
  const all = known.reduce((sum, { speed }) => sum + speed!, 0);
  const shares: SeedShare[] = [];
  let left = units;
  for (const { url, speed } of others) {
    const fair = speed === null ? 1 : Math.floor((units * speed) / all);
    // One unit at the least stays for the leader.
    const count = Math.min(fair, left - 1);
    if (count === 0) continue;
    shares.unshift({
      seed: url,
      start: start + (left - count) * unit,
      end: Math.min(end, start + left * unit),
    });
    left -= count;
  }
  return [{ seed: leader.url, start, end: Math.min(end, start + left * unit) }, ...shares];
}
