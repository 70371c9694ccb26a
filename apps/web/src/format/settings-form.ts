import type { Settings } from '../api/plugin-types';
import type { SettingField } from './setting-fields';
import { countProblem, linesOf, problemOf } from './setting-problems';

/** What stands in a field: on or off for switches, a form for each of the rows, text for all others. */
export type FieldValue = string | boolean | SettingsForm[];
export interface SettingsForm {
  [key: string]: FieldValue;
}
/** By the key of the field; of one in rows by its way there: `targets.0.url`. */
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
    if (Array.isArray(value)) {
      const rows = value.map((row) => readForm(field.fields, row));
      Object.assign(problems, rowProblems(field, rows));
      settings[field.key] = rows.map((row) => ('settings' in row ? row.settings : null));
      continue;
    }
    const problem = problemOf(field, value);
    if (problem) problems[field.key] = problem;
    else settings[field.key] = valueOf(field, value);
  }
  return Object.keys(problems).length > 0 ? { problems } : { settings };
}

function rowProblems(
  { key, schema }: SettingField,
  rows: Array<{ settings: Settings } | { problems: SettingsProblems }>,
): SettingsProblems {
  const problem = countProblem(rows.length, schema, 'rows');
  const within = rows.flatMap((row, index) =>
    'problems' in row
      ? Object.entries(row.problems).map(([path, text]) => [`${key}.${index}.${path}`, text] as const)
      : [],
  );
  return { ...(problem && { [key]: problem }), ...Object.fromEntries(within) };
}

/** Of those of a form, the problems below `path`, by the rest of their way. */
export const problemsBelow = (problems: SettingsProblems, path: string): SettingsProblems =>
  Object.fromEntries(
    Object.entries(problems).flatMap(([name, text]) =>
      name.startsWith(`${path}.`) ? [[name.slice(path.length + 1), text]] : [],
    ),
  );

/** What the server found wrong, by field: it names `settings.<key>`, or something below that. */
export const refusedFields = (fields: SettingField[], refused: Record<string, string>): SettingsProblems =>
  Object.fromEntries(
    Object.entries(refused).flatMap(([name, text]) => {
      const [root, ...path] = name.split('.');
      const known = root === 'settings' ? knownPath(fields, path) : null;
      return known === null ? [] : [[known, text]];
    }),
  );

/** As far as a path leads to a field; null when it leads to none. */
function knownPath(fields: SettingField[], [key = '', index, ...rest]: string[]): string | null {
  const field = fields.find((one) => one.key === key);
  if (!field) return null;
  const below = index === undefined ? null : knownPath(field.fields, rest);
  return below === null ? key : `${key}.${index}.${below}`;
}

const LISTS: ReadonlySet<SettingField['kind']> = new Set(['lines', 'checks', 'rows']);

/** An empty list is a list. */
const isLeftEmpty = ({ kind, optional, nullable }: SettingField, value: FieldValue): boolean =>
  optional && (nullable || !LISTS.has(kind)) && isEmpty(value);

const isEmpty = (value: FieldValue): boolean =>
  typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;

function written({ kind, fields }: SettingField, value: unknown): FieldValue {
  if (kind === 'switch') return value === true;
  if (kind === 'rows') return Array.isArray(value) ? value.map((row: Settings) => toForm(fields, row)) : [];
  if (value === undefined || value === null) return '';
  if (kind === 'lines' || kind === 'checks') return Array.isArray(value) ? value.join('\n') : '';
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

function valueOf({ kind, schema }: SettingField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (kind === 'number') return Number(value);
  if (kind === 'lines' || kind === 'checks') return linesOf(value);
  if (kind === 'json') return JSON.parse(value) as unknown;
  if (kind === 'choice') return schema.enum?.find((choice) => String(choice) === value) ?? value;
  return kind === 'textarea' ? value : value.trim();
}
