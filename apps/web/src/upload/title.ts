const LENGTH = { least: 3, most: 120 };

/** A title to begin with, from a file's name: without its ending, with spaces for what stands for them. */
export function titleOf(filename: string): string {
  const words = filename
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[._]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LENGTH.most)
    .trim();
  return words.length >= LENGTH.least ? words : `Video ${words}`.trim();
}
