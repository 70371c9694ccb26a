import { Injectable } from '@nestjs/common';
import { type JsonObject, PluginStorage } from '@vidiverse/hooks';

const KEY = 'day';
const DAY_MS = 86_400_000;

export type Limited = 'follows' | 'unfollows';

interface Day {
  /** Milliseconds since 1970. */
  beganAt: number;
  follows: number;
  unfollows: number;
}

/** How many follows were made and ended in a day, which begins with the first of them. */
@Injectable()
export class DayLimit {
  constructor(private readonly storage: PluginStorage) {}

  /** How many more there may be of `most`. */
  async left(what: Limited, most: number): Promise<number> {
    return Math.max(0, most - (await this.today())[what]);
  }

  async count(what: Limited): Promise<void> {
    const day = await this.today();
    await this.storage.set(KEY, { ...day, [what]: day[what] + 1 });
  }

  private async today(): Promise<Day> {
    const day = (await this.storage.get(KEY)) as (Day & JsonObject) | undefined;
    const isOver = day === undefined || Date.now() - day.beganAt >= DAY_MS;
    return isOver ? { beganAt: Date.now(), follows: 0, unfollows: 0 } : day;
  }
}
