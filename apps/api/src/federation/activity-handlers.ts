import { Injectable } from '@nestjs/common';
import type { Activity, FetchBudget } from '@vidiverse/federation';
import type { EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import type { InboxActivityEntity } from './inbox-activity.entity.js';

/** What becomes of an activity. */
export type Outcome = { state: 'applied' } | { state: 'refused'; reason: string };

export const applied = (): Outcome => ({ state: 'applied' });

/** Understood, and not done; an administrator reads the reason. What the handler wrote stays. */
export const refused = (reason: string): Outcome => ({ state: 'refused', reason });

/** Thrown by `prepare` or `handle`: as `refused`, and what the handler wrote is taken back. */
export class ActivityRefusedError extends Error {}

/** Thrown before there is a transaction: not now. It is tried again, a few times. */
export class ActivityHeldError extends Error {}

export interface PrepareContext {
  /** Who did it. */
  actor: ActorEntity;
  /** For all requests that the activity causes. */
  budget: FetchBudget;
  signal: AbortSignal;
}

export interface HandleContext {
  actor: ActorEntity;
  /** Of the transaction in which the activity becomes `applied`. */
  manager: EntityManager;
  row: InboxActivityEntity;
}

/** What a feature does with activities of one type. An activity may come twice, late and in any order. */
export interface ActivityHandler<Received, Prepared = void> {
  /** Whether it is for this feature, for types that several have a part of; default: yes. Looks, and changes nothing. */
  concerns?(activity: Received): boolean | Promise<boolean>;

  /** Asks other servers, before there is a transaction: it would keep all others waiting. */
  prepare?(activity: Received, context: PrepareContext): Promise<Prepared>;

  handle(activity: Received, context: HandleContext, prepared: Prepared): Promise<Outcome>;
}

type Of<Some, Type> = Some extends { type: infer Types }
  ? Type extends Types
    ? Some & { type: Type }
    : never
  : never;

/** An activity of one type, as it is read. */
export type ActivityOf<Type extends Activity['type']> = Of<Activity, Type>;

type AnyHandler = ActivityHandler<Activity, unknown>;

/** Who handles which activities: features register in `onModuleInit`. */
@Injectable()
export class ActivityHandlers {
  private readonly handlers = new Map<string, AnyHandler[]>();

  /** Of several for one type, the first one that is concerned gets an activity. */
  on<Type extends Activity['type'], Prepared = void>(
    type: Type,
    handler: ActivityHandler<ActivityOf<Type>, Prepared>,
  ): void {
    this.handlers.set(type, [...(this.handlers.get(type) ?? []), handler as AnyHandler]);
  }

  /** The one to ask; null when nobody is concerned. */
  async find(activity: Activity): Promise<AnyHandler | null> {
    for (const handler of this.handlers.get(activity.type) ?? []) {
      if (!handler.concerns || (await handler.concerns(activity))) return handler;
    }
    return null;
  }
}
