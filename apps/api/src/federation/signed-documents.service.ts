import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JsonObject, SignatureWorkers, SignatureWorkersBusyError } from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import { UnavailableError } from '../shared/domain-error.js';
import { signAs } from './sign-as.js';

/** Documents that are kept ready: cache instances ask for the same one within moments. */
const KEPT = 64;

/** Activities of ours that are asked for at their address, signed by their author as those that are sent. */
@Injectable()
export class SignedDocuments {
  private readonly recent = new Map<string, Promise<object>>();

  constructor(private readonly workers: SignatureWorkers) {}

  /** @throws UnavailableError when too many signatures are being made */
  async sign(activity: object, author: ActorEntity): Promise<object> {
    const text = JSON.stringify(activity);
    const name = createHash('sha256').update(author.url).update(text).digest('base64');
    const known = this.recent.get(name);
    if (known) return known;
    // As plain JSON: dates and the like are not signed.
    const signed = signAs(this.workers, author, JSON.parse(text) as JsonObject, new Date());
    this.recent.set(name, signed);
    if (this.recent.size > KEPT) this.recent.delete(this.recent.keys().next().value!);
    try {
      return await signed;
    } catch (error) {
      this.recent.delete(name);
      if (error instanceof SignatureWorkersBusyError) throw new UnavailableError('Too much is being signed.');
      throw error;
    }
  }
}
