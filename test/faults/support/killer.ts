import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FederatedProcess } from './federated-processes.js';
import type { Pace } from './pace.js';

/** Milliseconds that a server works before it is killed, at most. */
const LIFE = 1500;

/** Kills each of them again and again, at any moment of its work, and starts it again at once. */
export class Killer {
  private readonly ready = new Map<FederatedProcess, Promise<void>>();

  constructor(
    private readonly victims: FederatedProcess[],
    private readonly pace: Pace,
  ) {}

  /** Resolves when it is over and all answer. */
  async run(): Promise<void> {
    await Promise.all(this.victims.map((victim) => this.haunt(victim)));
  }

  /** Resolves when the server has answered since its last start. */
  async untilUp(victim: FederatedProcess): Promise<void> {
    await this.ready.get(victim);
  }

  private async haunt(victim: FederatedProcess): Promise<void> {
    while (await this.pace.turn('kills')) {
      await pause(randomInt(LIFE));
      this.pace.count('kills');
      await victim.kill();
      const started = victim.start();
      this.ready.set(victim, started);
      await started;
    }
  }
}
