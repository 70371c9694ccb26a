import type { Settings } from '../api/plugin-types';
import type { SettingField } from './setting-fields';
import { linesOf, problemOf } from './setting-problems';

/** What stands in the fields: on or off for switches, text for all others. */
export type SettingsForm = Record<string, string | boolean>;
export type SettingsProblems = Record<string, string>;

export const toForm = (fields: SettingField[], settings: Settings): SettingsForm =>
  Object.fromEntries(
    fields.map((field) => {
      const { key, schema } = field;
      return [key, written(field, Object.hasOwn(settings, key) ? settings[key] : schema.default)];
    }),
  );

/** The settings that are written, or what is wrong with each field. Whether they hold is for the server to say. */
export function readForm(
  fields: SettingField[],
  form: SettingsForm,
): { settings: Settings } | { problems: SettingsProblems } {
  const settings: Settings = {};
  const problems: SettingsProblems = {};
  for (const field of fields) {
    const value = form[field.key] ?? '';
    if (isLeftEmpty(field, value)) {
      if (field.nullable) settings[field.key] = null;
      continue;
    }
    const problem = problemOf(field, value);
    if (problem) problems[field.key] = problem;
    else settings[field.key] = valueOf(field, value);
  }
  return Object.keys(problems).length > 0 ? { problems } : { settings };
}

/** What the server found wrong, by field: it names `settings.<key>`, or something below that. */
export const refusedFields = (refused: Record<string, string>): SettingsProblems =>
  Object.fromEntries(
    Object.entries(refused).flatMap(([name, text]) => {
      const key = /^settings\.([^.[]+)/.exec(name)?.[1];
      return key ? [[key, text]] : [];
    }),
  );

/** An empty list is a list. */
const isLeftEmpty = ({ kind, optional, nullable }: SettingField, value: string | boolean): boolean =>
  optional && (kind !== 'lines' || nullable) && typeof value === 'string' && value.trim() === '';

function written({ kind }: SettingField, value: unknown): string | boolean {
  if (kind === 'switch') return value === true;
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : '';
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

function valueOf({ kind, schema }: SettingField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (kind === 'number') return Number(value);
  if (kind === 'lines') return linesOf(value);
  if (kind === 'json') return JSON.parse(value) as unknown;
  if (kind === 'choice') return schema.enum?.find((choice) => String(choice) === value) ?? value;
  return kind === 'textarea' ? value : value.trim();
}
