import { type PluginHttp, readHost } from '@vidiverse/hooks';

/** What PeerTube's own index gives at once. */
const PAGE = 1000;
const MAX_PAGES = 100;
const MAX_HOSTS = 20_000;
/** Bytes of one page. */
const MAX_BYTES = 4 * 1024 * 1024;
/** So that it fits in the key of a stored value. */
const MAX_HOST = 190;

export interface Index {
  /** In the form that `readHost` gives them, each once, in the order of the index. */
  readonly hosts: ReadonlySet<string>;
  /** Rows that are no host. */
  readonly noHosts: number;
  /** Whether all of it was read: only then something can be said about who is not in it. */
  readonly isWhole: boolean;
}

/** The index cannot be had, or is none; the message is for administrators. */
export class IndexError extends Error {}

/** Reads all pages. @throws IndexError, PluginHttpError */
export async function readIndex(http: PluginHttp, url: string, signal?: AbortSignal): Promise<Index> {
  const hosts = new Set<string>();
  let rows = 0;
  let noHosts = 0;
  for (let page = 0; page < MAX_PAGES && hosts.size < MAX_HOSTS; page += 1) {
    const answer = await readPage(http, url, rows, signal);
    const before = hosts.size;
    for (const row of answer.rows) {
      const host = readHost(row);
      if (host === null || host.length > MAX_HOST) noHosts += 1;
      else if (hosts.size < MAX_HOSTS) hosts.add(host);
    }
    rows += answer.rows.length;
    if (rows >= answer.total && hosts.size < MAX_HOSTS) return whole({ hosts, noHosts, isWhole: true });
    // Nothing new: it has less than it says, or knows no pages and gives the same again.
    if (hosts.size === before) break;
  }
  return whole({ hosts, noHosts, isWhole: false });
}

/** An index of nothing is one that is broken. */
function whole(index: Index): Index {
  if (index.hosts.size > 0) return index;
  throw new IndexError(`The index names no host (${index.noHosts} rows that are none).`);
}

interface Page {
  total: number;
  rows: readonly unknown[];
}

async function readPage(http: PluginHttp, index: string, start: number, signal?: AbortSignal): Promise<Page> {
  const url = new URL(index);
  url.searchParams.set('start', String(start));
  url.searchParams.set('count', String(PAGE));
  const { status, body } = await http.get(url.href, { signal, maxBytes: MAX_BYTES });
  if (status !== 200) throw new IndexError(`The index answers with status ${status}.`);
  const text = new TextDecoder().decode(body).trim();
  if (text.startsWith('<')) throw new IndexError('The index answers with a page for people.');
  return /^[[{]/.test(text) ? pageOfJson(text) : pageOfText(text);
}

/** `{ total, data: [{ host }] }`. */
function pageOfJson(text: string): Page {
  let json: { total?: unknown; data?: unknown };
  try {
    json = JSON.parse(text) as typeof json;
  } catch {
    throw new IndexError('The index answers with JSON that is broken.');
  }
  if (!Array.isArray(json.data)) throw new IndexError('The index has no list called data.');
  const rows = json.data.map((row: unknown) => (row as { host?: unknown } | null)?.host);
  return { total: typeof json.total === 'number' ? json.total : rows.length, rows };
}

/** One host a line; empty lines and those that begin with # say nothing. */
function pageOfText(text: string): Page {
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { total: rows.length, rows };
}
