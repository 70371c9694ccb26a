/** PeerTube's common reasons for a report, in words. */
export const REPORT_REASONS: Array<{ id: string; label: string }> = [
  { id: 'violentOrRepulsive', label: 'Violent or repulsive' },
  { id: 'hatefulOrAbusive', label: 'Hateful or abusive' },
  { id: 'spamOrMisleading', label: 'Spam or misleading' },
  { id: 'privacy', label: 'Shows somebody against their will' },
  { id: 'rights', label: 'Breaks copyright or other rights' },
  { id: 'serverRules', label: 'Breaks the rules of this site' },
  { id: 'thumbnails', label: 'Only its image is wrong' },
  { id: 'captions', label: 'Only its captions are wrong' },
];

export const reasonLabel = (id: string): string =>
  REPORT_REASONS.find((reason) => reason.id === id)?.label ?? id;
