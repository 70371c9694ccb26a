/** In English; the other languages are in `translations`, by the same keys. */
export const TEXTS = {
  chapters: 'Chapters',
  previous: 'Previous chapter',
  next: 'Next chapter',
} as const;
