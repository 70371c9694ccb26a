import { Injectable } from '@nestjs/common';
import { type JsonValue, PluginSettings, PluginStorage } from '@vidiverse/hooks';
import type { Measure } from './origin-meter.js';
import type { Settings } from './settings.js';

const PREFIX = 'origin/';
/** So that it fits in the key of a stored value. */
const MAX_HOST = 190;
/** Milliseconds after which a measure says nothing any more. */
const DAY_MS = 86_400_000;
/** Of the newest measure in the average. */
const WEIGHT = 0.5;

/** How fast an origin is, as far as this instance has seen. */
export interface OriginSpeed extends Measure {
  host: string;
  /** Bytes per second, on average; null: no measure has come to anything. */
  speed: number | null;
  /** Those in the average. */
  measures: number;
  /** ISO 8601; of the last measure. */
  measuredAt: string;
}

/** The measures of each origin as a moving average, for as long as they are not older than a day. */
@Injectable()
export class OriginSpeeds {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly storage: PluginStorage,
  ) {}

  async get(host: string): Promise<OriginSpeed | undefined> {
    const kept = await this.storage.get(keyOf(host));
    return kept === undefined ? undefined : ifRecent(kept as unknown as OriginSpeed);
  }

  async note(host: string, { speed, problem, failed }: Measure): Promise<void> {
    const before = await this.get(host);
    const noted: OriginSpeed = {
      host,
      speed: meanOf(before?.speed ?? null, speed),
      measures: (before?.measures ?? 0) + (speed === null ? 0 : 1),
      measuredAt: new Date().toISOString(),
      ...{ problem, failed },
    };
    await this.storage.set(keyOf(host), noted as unknown as JsonValue);
  }

  /** The last one measured first. */
  async all(): Promise<OriginSpeed[]> {
    return (await this.kept()).filter((kept) => ifRecent(kept) !== undefined);
  }

  /** Forgets the old ones, and those that are too many. */
  async prune(): Promise<void> {
    const { mostOrigins } = this.settings.get();
    for (const [place, kept] of (await this.kept()).entries())
      if (place >= mostOrigins || !ifRecent(kept)) await this.storage.delete(keyOf(kept.host));
  }

  private async kept(): Promise<OriginSpeed[]> {
    const found: OriginSpeed[] = [];
    for (let after = PREFIX; ;) {
      const page = await this.storage.list({ prefix: PREFIX, after });
      if (page.length === 0) return found.sort((a, b) => (a.measuredAt < b.measuredAt ? 1 : -1));
      found.push(...page.map(({ value }) => value as unknown as OriginSpeed));
      after = page.at(-1)!.key;
    }
  }
}

const keyOf = (host: string) => PREFIX + host.slice(0, MAX_HOST);

const ifRecent = (kept: OriginSpeed): OriginSpeed | undefined =>
  Date.now() - Date.parse(kept.measuredAt) < DAY_MS ? kept : undefined;

/** Of the times that a byte took, not of the speeds: one slow answer is felt, however fast the others came. */
function meanOf(before: number | null, now: number | null): number | null {
  if (before === null || now === null) return now ?? before;
  return Math.round(1 / ((1 - WEIGHT) / before + WEIGHT / now));
}
