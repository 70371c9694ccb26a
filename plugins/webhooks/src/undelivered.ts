import { Injectable } from '@nestjs/common';
import { type JsonObject, type JsonValue, PluginStorage } from '@vidiverse/hooks';
import type { Message } from './deliveries.js';

const PREFIX = 'undelivered/';
/** The oldest beyond these are forgotten. */
const MOST = 500;
const PAGE = 100;

/** A message that was given up. Times are ISO 8601. */
export interface UndeliveredMessage extends Message {
  readonly gaveUpAt: string;
  readonly attempts: number;
  /** What the last try came to. */
  readonly problem: string;
}

/** What could not be delivered, until an administrator sends it again or removes it. */
@Injectable()
export class Undelivered {
  constructor(private readonly storage: PluginStorage) {}

  /** The oldest first. */
  async all(): Promise<UndeliveredMessage[]> {
    const found: UndeliveredMessage[] = [];
    for (let after = PREFIX; ;) {
      const page = await this.storage.list({ prefix: PREFIX, after, count: PAGE });
      found.push(...page.map(({ value }) => value as JsonValue & UndeliveredMessage));
      if (page.length === 0) return found;
      after = page.at(-1)!.key;
    }
  }

  async add(message: UndeliveredMessage): Promise<void> {
    await this.storage.set(keyOf(message), message as JsonObject & UndeliveredMessage);
    const all = await this.all();
    for (const old of all.slice(0, Math.max(0, all.length - MOST))) await this.storage.delete(keyOf(old));
  }

  async find(id: string): Promise<UndeliveredMessage | null> {
    return (await this.all()).find((message) => message.id === id) ?? null;
  }

  async remove(message: UndeliveredMessage): Promise<void> {
    await this.storage.delete(keyOf(message));
  }
}

/** ISO 8601 sorts by time. */
const keyOf = ({ gaveUpAt, id }: UndeliveredMessage): string => `${PREFIX}${gaveUpAt}/${id}`;
