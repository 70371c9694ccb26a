export const LOCALE = 'en';

const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const longDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long' });
const exactDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'short' });

const STEPS: Array<[Intl.RelativeTimeFormatUnit, seconds: number]> = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1:05`, `1:02:03`; `seconds` may have a fraction. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** For screen readers: `1 hour 2 minutes 3 seconds`. */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: Array<[number, string]> = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts.filter(([value]) => value > 0).map(([value, unit]) => plural(value, unit));
  return said.join(' ') || '0 seconds';
}

/** Decimal units, as the file managers of most systems show them: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value >= 100 || power === 0 ? 0 : 1)} ${BYTE_UNITS[power]}`;
}

export const formatCount = (count: number): string => compact.format(count);

export const plural = (count: number, unit: string, units = `${unit}s`): string =>
  `${formatCount(count)} ${count === 1 ? unit : units}`;

/** `3 days ago`. */
export function formatAgo(date: string, now = Date.now()): string {
  const seconds = (new Date(date).getTime() - now) / 1000;
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return 'just now';
}

export const formatDate = (date: string): string => longDate.format(new Date(date));
export const formatExactDate = (date: string): string => exactDate.format(new Date(date));

/** Time left, roughly: `about 2 min`. */
export function formatRemaining(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'working out how long';
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds / 5) * 5)} s left`;
  if (seconds < 3600) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${(seconds / 3600).toFixed(1)} h left`;
}
