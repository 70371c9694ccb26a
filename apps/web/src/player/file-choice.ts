import type { PlayableFile } from './types';

/** The file to play: the chosen height, or the smallest that fills `height` pixels of screen; below `most` when a larger one stalled. */
export function chooseFile(
  files: PlayableFile[],
  chosen: number | null,
  height: number,
  most = Number.POSITIVE_INFINITY,
): PlayableFile {
  const rising = files.toSorted((a, b) => a.resolution.id - b.resolution.id);
  const exact = rising.find(({ resolution }) => resolution.id === chosen);
  if (exact) return exact;
  const allowed = rising.filter(({ resolution }) => resolution.id <= most);
  const usable = allowed.length > 0 ? allowed : rising.slice(0, 1);
  return usable.find(({ resolution }) => resolution.id >= height) ?? usable.at(-1)!;
}
