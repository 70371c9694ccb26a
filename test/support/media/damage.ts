/** The first part of a file. */
export const cut = (file: Buffer, part: number): Buffer => file.subarray(0, Math.floor(file.length * part));

/** A part of it turned to zeros, as a bad disk does. */
export function zeroed(file: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(file);
  return copy.fill(0, Math.floor(copy.length * from), Math.floor(copy.length * to));
}

/** Some bytes changed, the same for the same seed; half of the changes hit the first or last kilobytes, where heads and indexes stand. */
export function mutated(file: Buffer, seed: number, changes = 20): Buffer {
  const copy = Buffer.from(file);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let change = 0; change < changes; change++) {
    const near = random(Math.min(4096, copy.length));
    const at = [near, copy.length - 1 - near, random(copy.length), random(copy.length)][change % 4]!;
    copy[at] = random(256);
  }
  return copy;
}
