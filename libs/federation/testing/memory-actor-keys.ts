import { ActorKeys, KeyLookupError } from '../src/ports/actor-keys.js';
import type { ActorKey } from '../src/signatures/verify-document.js';
import { withoutFragment } from '../src/vocabulary/urls.js';

/** Keys in memory: those stored here, and those of the world outside. */
export class MemoryActorKeys extends ActorKeys {
  /** By the id of the owner. */
  readonly stored = new Map<string, ActorKey | 'gone'>();
  /** What servers answer, by the name of the key without a fragment: a key, or how the lookup fails. */
  readonly world = new Map<string, ActorKey | KeyLookupError>();
  /** Names that were asked for, in order. */
  readonly asked: string[] = [];
  /** Called before every answer of the world. */
  answering: () => Promise<void> = () => Promise.resolve();

  known(keyId: string): Promise<ActorKey | 'gone' | null> {
    return Promise.resolve(this.stored.get(withoutFragment(keyId)) ?? null);
  }

  async fetch(keyId: string): Promise<ActorKey> {
    const name = withoutFragment(keyId);
    this.asked.push(name);
    await this.answering();
    const answer = this.world.get(name) ?? new KeyLookupError('gone', 'it answered 404');
    if (answer instanceof KeyLookupError) throw answer;
    this.stored.set(answer.owner, answer);
    return answer;
  }
}
