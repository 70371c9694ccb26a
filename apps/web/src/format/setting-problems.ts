import type { SettingSchema } from '../api/plugin-types';
import type { SettingField } from './setting-fields';

/** What a text has on its lines; empty ones are none. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What is wrong with what stands in a field that is not left empty; null when nothing is. Patterns are left to the server. */
export function problemOf({ kind, schema }: SettingField, value: string | boolean): string | null {
  if (typeof value === 'boolean') return null;
  if (kind === 'number') return numberProblem(value, schema);
  if (kind === 'checks') return countProblem(linesOf(value).length, schema, 'choices');
  if (kind === 'lines') return linesProblem(linesOf(value), schema);
  if (kind === 'json') return isJson(value) ? null : 'This is not JSON.';
  if (kind === 'choice') return value === '' ? 'Choose one.' : null;
  return textProblem(kind === 'textarea' ? value : value.trim(), schema);
}

/** A schema of whole numbers without limits of its own names the ends of what JavaScript counts exactly. */
const isLimit = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function numberProblem(text: string, schema: SettingSchema): string | null {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return 'A number is needed.';
  if (schema.type === 'integer' && !Number.isInteger(value)) return 'A whole number is needed.';
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (isLimit(minimum) && value < minimum) return `It is at least ${minimum}.`;
  if (isLimit(maximum) && value > maximum) return `It is at most ${maximum}.`;
  if (isLimit(exclusiveMinimum) && value <= exclusiveMinimum) return `It is more than ${exclusiveMinimum}.`;
  if (isLimit(exclusiveMaximum) && value >= exclusiveMaximum) return `It is less than ${exclusiveMaximum}.`;
  return null;
}

function textProblem(text: string, { format, minLength = 0, maxLength = Infinity }: SettingSchema) {
  const { length } = text;
  if (length === 0 && (minLength > 0 || format === 'uri')) return 'It is needed.';
  if (format === 'uri' && !URL.canParse(text))
    return 'A web address is needed, such as https://video.example.';
  if (length < minLength) return `It has at least ${minLength} characters; this one has ${length}.`;
  return length > maxLength ? `It has at most ${maxLength} characters; this one has ${length}.` : null;
}

/** `what`: of what there are so many. */
export function countProblem(
  count: number,
  { minItems = 0, maxItems = Infinity }: SettingSchema,
  what: string,
): string | null {
  if (count < minItems) return `At least ${minItems} ${what} are needed; there are ${count}.`;
  return count > maxItems ? `At most ${maxItems} ${what} are possible; there are ${count}.` : null;
}

function linesProblem(lines: string[], schema: SettingSchema) {
  const wrong = countProblem(lines.length, schema, 'lines');
  if (wrong) return wrong;
  const { items = {} } = schema;
  for (const [index, line] of lines.entries()) {
    const problem = textProblem(line, items);
    if (problem) return `Line ${index + 1}: ${problem}`;
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
