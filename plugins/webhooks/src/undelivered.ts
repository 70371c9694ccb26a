import { Injectable } from '@nestjs/common';
import { PluginStorage } from '@vidiverse/hooks';
import type { Message } from './deliveries.js';
import { KeptList } from './kept-list.js';

const MOST = 500;

/** A message that was given up. Times are ISO 8601. */
export interface UndeliveredMessage extends Message {
  readonly gaveUpAt: string;
  readonly attempts: number;
  /** What the last try came to. */
  readonly problem: string;
}

/** What could not be delivered, until an administrator sends it again or removes it. */
@Injectable()
export class Undelivered extends KeptList<UndeliveredMessage> {
  constructor(storage: PluginStorage) {
    const keyOf = ({ gaveUpAt, id }: UndeliveredMessage) => `${gaveUpAt}/${id}`;
    super(storage, { prefix: 'undelivered/', keyOf, most: () => MOST });
  }

  async find(id: string): Promise<UndeliveredMessage | null> {
    return (await this.all()).find((message) => message.id === id) ?? null;
  }
}
