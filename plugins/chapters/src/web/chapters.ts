import { type Chapter, parseLine } from './parse-line.js';

export type { Chapter };

/** Characters of a description that are read, and chapters of a video. */
const MOST = { text: 20_000, chapters: 200 };
/** A list with fewer is none: times are mentioned for other reasons too. */
const LEAST = 3;
/** Seconds by which a player may stop short of where it was sent. */
const SLACK = 0.05;
/** Seconds into a chapter from which one goes back to its beginning first. */
const BACK_TO_START = 3;

/**
 * The chapters in the description of a video, as video sites have them: lines that begin with a time, the first at 0:00 and
 * at least three, each later than the one before. A time that is not ends the list. `duration`: seconds; 0 when unknown.
 */
export function chaptersOf({
  description,
  duration,
}: {
  description: string | null;
  duration: number;
}): Chapter[] {
  const lines = (description ?? '').slice(0, MOST.text).split(/\r?\n/);
  const named = lines.map(parseLine).filter((chapter) => chapter !== null);
  for (const [index, { start }] of named.entries()) {
    if (start !== 0) continue;
    const list = risingFrom(named.slice(index, index + MOST.chapters)).filter(
      (chapter) => duration <= 0 || chapter.start < duration,
    );
    if (list.length >= LEAST) return list;
  }
  return [];
}

function risingFrom(chapters: Chapter[]): Chapter[] {
  const end = chapters.findIndex(({ start }, index) => index > 0 && start <= chapters[index - 1]!.start);
  return end === -1 ? chapters : chapters.slice(0, end);
}

/** Index of the one that plays at this time (seconds); the first begins at 0. */
export const chapterAt = (chapters: readonly Chapter[], time: number): number =>
  Math.max(
    0,
    chapters.findLastIndex(({ start }) => start <= time + SLACK),
  );

/** Where the next one begins; null in the last. */
export const nextStart = (chapters: readonly Chapter[], time: number): number | null =>
  chapters[chapterAt(chapters, time) + 1]?.start ?? null;

/** Where the one that plays begins or, near its beginning, the one before; null at that of the first. */
export function previousStart(chapters: readonly Chapter[], time: number): number | null {
  const index = chapterAt(chapters, time);
  const isInside = time - (chapters[index]?.start ?? 0) > BACK_TO_START;
  return chapters[isInside ? index : index - 1]?.start ?? null;
}
