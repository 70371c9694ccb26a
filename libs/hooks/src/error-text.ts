/** Characters that are kept of what a plugin says about a failure or a verdict. */
const MAX_LENGTH = 500;

/** On one line and cut: it goes into logs and pages, and may repeat what another server said. */
export function shortText(text: string): string {
  const line = text.slice(0, 2 * MAX_LENGTH).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return [...line].slice(0, MAX_LENGTH).join('');
}

/** The message of whatever was thrown, without a stack. */
export function errorText(error: unknown): string {
  try {
    return shortText(error instanceof Error ? String(error.message) : String(error));
  } catch {
    return 'it threw something that cannot be shown';
  }
}
