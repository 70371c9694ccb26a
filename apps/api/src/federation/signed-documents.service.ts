import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JsonObject, SignatureWorkers, SignatureWorkersBusyError } from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import { UnavailableError } from '../shared/domain-error.js';
import { ObjectHooks } from './object-hooks.service.js';
import { signAs } from './sign-as.js';

/** Documents that are kept ready: cache instances ask for the same one within moments. */
const KEPT = 64;

/** Activities of ours that are asked for at their address, signed by their author as those that are sent. */
@Injectable()
export class SignedDocuments {
  private readonly recent = new Map<string, Promise<object>>();

  constructor(
    private readonly workers: SignatureWorkers,
    private readonly hooks: ObjectHooks,
  ) {}

  /** @throws UnavailableError when too many signatures are being made */
  async sign(activity: object, author: ActorEntity): Promise<object> {
    const changed = await this.hooks.carried(activity);
    const text = JSON.stringify(changed);
    const name = createHash('sha256').update(author.url).update(text).digest('base64');
    const known = this.recent.get(name);
    if (known) return known;
    const sign = (document: JsonObject) => signAs(this.workers, author, document, new Date());
    const signed = this.hooks.signed(activity, changed, sign);
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
