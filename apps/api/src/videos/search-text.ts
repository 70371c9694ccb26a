/** Lower case, without accents: SQLite compares only ASCII letters without regard to case. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const line = (text: string): string => fold(text).replace(/\s+/g, ' ').trim();

/** What the search looks through: the title, then each tag on a line of its own, so that whole tags can be found. */
export const searchText = (name: string, tags: string[]): string =>
  [name, ...tags, ''].map((text) => line(text)).join('\n');

/** What `searchText` has for a video with this tag. */
export const tagText = (tag: string): string => `\n${line(tag)}\n`;
