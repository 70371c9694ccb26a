/** PeerTube's words for common reasons; they travel as hashtags. */
export const PREDEFINED_REASONS = [
  'violentOrRepulsive',
  'hatefulOrAbusive',
  'spamOrMisleading',
  'privacy',
  'rights',
  'serverRules',
  'thumbnails',
  'captions',
] as const;

const KNOWN: ReadonlySet<string> = new Set(PREDEFINED_REASONS);

/** Those of the names that are reasons, each once. */
export const knownReasons = (names: string[]): string[] =>
  [...new Set(names.map((name) => name.replace(/^#/, '')))].filter((name) => KNOWN.has(name));
