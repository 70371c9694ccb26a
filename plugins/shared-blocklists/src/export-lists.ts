import type { LoadedList } from './blocked-hosts.js';

export const EXPORT_FORMATS = ['json', 'csv', 'text'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/** A host with where it comes from. */
interface Row {
  host: string;
  list: LoadedList;
}

/** All hosts of the lists, each once with the first list that has it, in a form that others can subscribe to. */
export function exportLists(lists: readonly LoadedList[], format: ExportFormat): string {
  const rows = new Map<string, LoadedList>();
  for (const list of lists) for (const host of list.names) if (!rows.has(host)) rows.set(host, list);
  const sorted = [...rows].map(([host, list]) => ({ host, list })).sort((a, b) => (a.host < b.host ? -1 : 1));
  return WRITERS[format](sorted);
}

const WRITERS: Record<ExportFormat, (rows: Row[]) => string> = {
  json: (rows) => {
    const data = rows.map(({ host, list: { source, readAt } }) => ({
      ...{ value: host, action: 'add', updatedAt: readAt, list: source },
    }));
    return JSON.stringify({ total: data.length, data });
  },
  csv: (rows) =>
    [
      '#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate',
      ...rows.map(({ host, list }) => `${host},suspend,false,false,${quoted(`From ${list.source}`)},false`),
      '',
    ].join('\r\n'),
  text: (rows) => rows.map(({ host }) => `${host}\n`).join(''),
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
