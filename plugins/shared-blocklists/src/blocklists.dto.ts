import { z } from 'zod';
import { EXPORT_FORMATS } from './export-lists.js';
import type { StoredList } from './stored-lists.js';

export const listView = z.object({
  kind: z.enum(['subscription', 'import']),
  source: z.string().describe('Address of a subscription, name of an import.'),
  format: z.enum(['json', 'csv', 'text']).nullable(),
  hosts: z.number().int().describe('Hosts that count.'),
  ignored: z.number().int().describe('Entries that are no hosts, such as accounts and obfuscated names.'),
  readAt: z.string().nullable().describe('ISO 8601; null: never.'),
  triedAt: z.string().describe('ISO 8601.'),
  problem: z.string().nullable().describe('Why it could not be read; what was read before still counts.'),
});
export type ListView = z.output<typeof listView>;

export const listsView = z.object({ total: z.number().int(), data: z.array(listView) });
export type ListsView = z.output<typeof listsView>;

export const toListView = (list: StoredList): ListView => {
  const { kind, source, format, hosts, ignored, readAt, triedAt, problem } = list;
  return { kind, source, format, hosts, ignored, readAt, triedAt, problem };
};

export const checkQuery = z.object({ host: z.string().max(300) });
export type CheckQuery = z.output<typeof checkQuery>;

export const checkView = z.object({
  host: z.string(),
  isException: z.boolean().describe('The settings name it as one that is not blocked.'),
  blocked: z
    .object({ entry: z.string(), list: z.string(), reason: z.string() })
    .nullable()
    .describe('The entry and its list; null: not blocked.'),
});
export type CheckView = z.output<typeof checkView>;

export const exportQuery = z.object({ format: z.enum(EXPORT_FORMATS).default('json') });
export type ExportQuery = z.output<typeof exportQuery>;

export const importBody = z.object({
  name: z
    .string()
    .regex(/^[\w][\w .-]{0,59}$/, 'must be 1 to 60 letters, digits, spaces, dots and hyphens')
    .describe('For people, as where the list comes from.'),
  text: z.string().max(500_000).describe('In any of the formats that can be subscribed to.'),
});
export type ImportBody = z.output<typeof importBody>;
