/** A part of a video. */
export interface Chapter {
  /** Seconds from the beginning of the video. */
  readonly start: number;
  readonly title: string;
}

/** Characters of a line that are read, and of a title that are shown. */
const MOST = { line: 400, title: 120 };
/** Marks of a list before the time, and the marks and brackets that Markdown has around it. */
const BEFORE = String.raw`^[\s>]*(?:[-+•·–—▶►]\s*|(?:\*|\d{1,3}[.)])\s+){0,3}(?<mark>[*_~\u0060([]{0,4})`;
const TIME = String.raw`(?:(?<hours>\d{1,2}):)?(?<minutes>\d{1,3}):(?<seconds>[0-5]\d)(?!\w|:\d)`;
/** The rest of those marks, the address of a link, and the end of a range of time. */
const AFTER = String.raw`[*_~\u0060)\]]{0,4}(?:\(\S{0,200}\))?(?:\s*[-–—]\s*(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?!\w|:\d))?`;
/** Every repetition has an end, or begins with what the one before it cannot have: a hostile line costs no more than others. */
const LINE = new RegExp(`${BEFORE}${TIME}${AFTER}[\\s:|.)–—-]*(?<title>.*)$`, 'u');
/** Control characters, and those that turn the direction of what is beside them. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The chapter that a line such as `1:02:03 - The end` names; null when it names none. */
export function parseLine(line: string): Chapter | null {
  const {
    mark = '',
    hours,
    minutes,
    seconds,
    title = '',
  } = LINE.exec(line.slice(0, MOST.line))?.groups ?? {};
  if (!minutes || (hours && Number(minutes) > 59)) return null;
  const start = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
  const text = cleaned(/[*_~`]/.test(mark) ? title.replace(/[*_~`]{1,4}\s*$/, '') : title);
  return text === '' ? null : { start, title: text };
}

function cleaned(title: string): string {
  const text = title.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...text];
  return characters.length <= MOST.title
    ? text
    : `${characters
        .slice(0, MOST.title - 1)
        .join('')
        .trimEnd()}…`;
}
