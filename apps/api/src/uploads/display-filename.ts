const MAX_LENGTH = 255;

// Control characters, line separators, and marks that turn the writing direction: they make a name look like another.
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The uploader's name for a file, fit to be shown: at most 255 characters, nothing invisible. It is never a path. */
export function displayFilename(name: string): string {
  const characters = [...name.replace(UNSHOWABLE, '')].slice(0, MAX_LENGTH);
  return characters.join('').trim() || 'video';
}
