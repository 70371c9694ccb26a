import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JsonObject, SignatureWorkers, SignatureWorkersBusyError } from '@vidiverse/federation';
import { DataSource, IsNull } from 'typeorm';
import { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { keyIdOf } from '../actors/signed-by.js';
import { ObjectHooks } from './object-hooks.service.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';
import { signAs } from './sign-as.js';

/** What goes over the wire, and the key that signs the requests which carry it. */
export interface SignedActivity {
  body: Buffer;
  keyId: string;
  privateKey: KeyObject;
}

/** Activities that are kept ready: the same one goes to many hosts within moments. */
const KEPT = 64;

/** The activity can be signed by nobody, now or later. */
export class UnsignableActivityError extends Error {}

/** Signs each activity once, so that every inbox gets the same bytes. */
@Injectable()
export class SignedActivities {
  private readonly recent = new Map<number, Promise<SignedActivity>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly actors: LocalActors,
    private readonly workers: SignatureWorkers,
    private readonly hooks: ObjectHooks,
  ) {}

  /** @throws UnsignableActivityError */
  get(id: number): Promise<SignedActivity> {
    const known = this.recent.get(id);
    if (known) return known;
    const signed = this.read(id);
    this.recent.set(id, signed);
    if (this.recent.size > KEPT) this.recent.delete(this.recent.keys().next().value!);
    signed.catch(() => this.recent.delete(id));
    return signed;
  }

  private async read(id: number): Promise<SignedActivity> {
    const row = await this.dataSource.getRepository(OutboxActivityEntity).findOneByOrFail({ id });
    const sender = await this.senderOf(row);
    if (!sender?.privateKey) throw new UnsignableActivityError('Its author has no key any more.');
    const text = await this.signedTextOf(row, sender);
    const privateKey = createPrivateKey(sender.privateKey);
    return { body: Buffer.from(text), keyId: keyIdOf(sender), privateKey };
  }

  private senderOf({ actorId }: OutboxActivityEntity): Promise<ActorEntity | null> {
    if (actorId === null) return this.actors.instance();
    return this.dataSource.getRepository(ActorEntity).findOneBy({ id: actorId });
  }

  private async signedTextOf(row: OutboxActivityEntity, sender: ActorEntity): Promise<string> {
    // Forwarded: its author's signature is inside.
    if (row.actorId === null) return row.body;
    if (row.signedBody !== null) return row.signedBody;
    const activities = this.dataSource.getRepository(OutboxActivityEntity);
    const changes = { signedBody: await this.sign(row, sender), updatedAt: new Date() };
    // Another process may have been faster: its bytes hold.
    await activities.update({ id: row.id, signedBody: IsNull() }, changes);
    const { signedBody } = await activities.findOneByOrFail({ id: row.id });
    return signedBody!;
  }

  private async sign({ body, createdAt }: OutboxActivityEntity, sender: ActorEntity): Promise<string> {
    try {
      const activity = JSON.parse(body) as JsonObject;
      const changed = await this.hooks.carried(activity);
      // Dated when it happened: what waited for a host that was down must not look newer than what came after it.
      const sign = (document: JsonObject) => signAs(this.workers, sender, document, createdAt);
      const signed = await this.hooks.signed(activity, changed, sign);
      return JSON.stringify(signed);
    } catch (error) {
      if (error instanceof SignatureWorkersBusyError) throw error;
      throw new UnsignableActivityError(`It cannot be signed: ${(error as Error).message}.`);
    }
  }
}
