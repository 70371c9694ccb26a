import { Injectable } from '@nestjs/common';
import { type JsonObject, type JsonValue, PluginStorage } from '@vidiverse/hooks';
import { createHash } from 'node:crypto';
import type { ListFormat, ParsedList } from './parse-list.js';

const LISTS = 'list/';
const HOSTS = 'hosts/';
/** Characters of hosts in one stored value. */
const CHUNK = 60_000;

export type ListKind = 'subscription' | 'import';

/** A list as it is kept. Times are ISO 8601. */
export interface StoredList {
  readonly kind: ListKind;
  /** The address of a subscription, the name of an import. */
  readonly source: string;
  readonly format: ListFormat | null;
  readonly hosts: number;
  readonly ignored: number;
  /** When it was read last; null: never. */
  readonly readAt: string | null;
  readonly triedAt: string;
  /** Why it could not be read the last time; what was read before still counts. */
  readonly problem: string | null;
  /** Where its hosts are kept: one of two places in turn; null: it has none. */
  readonly place: string | null;
  readonly chunks: number;
}

/** Lists with their hosts, as values. New hosts are written beside the old ones before the list names them, so that readers see one or the other. */
@Injectable()
export class StoredLists {
  constructor(private readonly storage: PluginStorage) {}

  async all(): Promise<StoredList[]> {
    const found: StoredList[] = [];
    for (let after = LISTS; ;) {
      const page = await this.storage.list({ prefix: LISTS, after });
      found.push(...page.map(({ value }) => value as JsonValue & StoredList));
      if (page.length === 0) return found;
      after = page.at(-1)!.key;
    }
  }

  async get(kind: ListKind, source: string): Promise<StoredList | null> {
    return ((await this.storage.get(keyOf(kind, source))) as (JsonObject & StoredList) | undefined) ?? null;
  }

  /** Null when they were replaced meanwhile. */
  async hostsOf({ place, chunks }: StoredList): Promise<Set<string> | null> {
    const hosts = new Set<string>();
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const part = await this.storage.get(`${HOSTS}${place}/${chunk}`);
      if (part === undefined) return null;
      for (const host of part as readonly string[]) hosts.add(host);
    }
    return hosts;
  }

  async replace(kind: ListKind, source: string, { format, hosts, ignored }: ParsedList): Promise<StoredList> {
    const before = await this.get(kind, source);
    const key = keyOf(kind, source);
    const place = before?.place?.endsWith('-a') ? `${hashOf(key)}-b` : `${hashOf(key)}-a`;
    const parts = chunksOf(hosts);
    for (const [chunk, part] of parts.entries()) await this.storage.set(`${HOSTS}${place}/${chunk}`, part);
    const now = new Date().toISOString();
    const list: StoredList = {
      ...{ kind, source, format, hosts: hosts.size, ignored, readAt: now, triedAt: now, problem: null },
      ...{ place, chunks: parts.length },
    };
    await this.storage.set(key, { ...list });
    await this.removeHosts(before);
    return list;
  }

  /** Keeps what was read before. */
  async noteProblem(kind: ListKind, source: string, problem: string): Promise<void> {
    const none = { format: null, hosts: 0, ignored: 0, readAt: null, place: null, chunks: 0 };
    const before = (await this.get(kind, source)) ?? { kind, source, ...none };
    await this.storage.set(keyOf(kind, source), { ...before, problem, triedAt: new Date().toISOString() });
  }

  /** False when there was none. */
  async remove(kind: ListKind, source: string): Promise<boolean> {
    const list = await this.get(kind, source);
    if (!list) return false;
    await this.storage.delete(keyOf(kind, source));
    await this.removeHosts(list);
    return true;
  }

  private async removeHosts(list: StoredList | null): Promise<void> {
    for (let chunk = 0; chunk < (list?.chunks ?? 0); chunk += 1)
      await this.storage.delete(`${HOSTS}${list!.place}/${chunk}`);
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyOf = (kind: ListKind, source: string): string => LISTS + hashOf(`${kind} ${source}`);

function chunksOf(hosts: Iterable<string>): string[][] {
  const chunks: string[][] = [];
  let room = 0;
  for (const host of hosts) {
    if (room < host.length) {
      chunks.push([]);
      room = CHUNK;
    }
    chunks.at(-1)!.push(host);
    room -= host.length;
  }
  return chunks;
}
