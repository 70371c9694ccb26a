import { z } from 'zod';

/** Why a host of the index is not followed. */
export const SKIP_REASONS = {
  blacklisted: 'It is on the list of hosts that are never followed.',
  known: 'It is followed, or asked, already.',
  failed: 'It was not found when it was asked before.',
  ended: 'This plugin followed it, and somebody has ended that.',
  refused: 'Moderation blocks it.',
  later: 'It waits for another day.',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;
const REASONS = Object.keys(SKIP_REASONS) as SkipReason[];

/** Hosts that are named of each kind; the others are counted. */
const MOST_NAMED = 50;

const named = z.object({
  total: z.number().int().describe('Hosts in all.'),
  hosts: z.array(z.string()).describe(`The first ${MOST_NAMED} of them.`),
});
type Named = z.output<typeof named>;

export const runReport = z.object({
  startedAt: z.string().describe('ISO 8601.'),
  finishedAt: z.string().describe('ISO 8601.'),
  indexUrl: z.string(),
  dryRun: z.boolean().describe('Nothing was done; what is said here is what would have been.'),
  problem: z.string().nullable().describe('Why it did not come to its end; null when it did.'),
  index: z
    .object({ hosts: z.number().int(), noHosts: z.number().int(), isWhole: z.boolean() })
    .nullable()
    .describe('Hosts, rows that are none, and whether all of the index was read; null when nothing was.'),
  followed: named,
  unfollowed: named,
  skipped: z.array(named.extend({ reason: z.enum(REASONS), text: z.string() })),
});
export type RunReport = z.output<typeof runReport>;

/** What a run has done, as it does it. */
export class RunNotes {
  index: RunReport['index'] = null;
  problem: string | null = null;
  private readonly startedAt = new Date().toISOString();
  private readonly followedHosts: Named = { total: 0, hosts: [] };
  private readonly unfollowedHosts: Named = { total: 0, hosts: [] };
  private readonly skippedHosts = new Map<SkipReason, Named>();

  constructor(private readonly of: Pick<RunReport, 'indexUrl' | 'dryRun'>) {}

  followed(host: string): void {
    note(this.followedHosts, host);
  }

  unfollowed(host: string): void {
    note(this.unfollowedHosts, host);
  }

  skipped(host: string, reason: SkipReason): void {
    const hosts = this.skippedHosts.get(reason) ?? { total: 0, hosts: [] };
    note(hosts, host);
    this.skippedHosts.set(reason, hosts);
  }

  report(): RunReport {
    const skipped = [...this.skippedHosts].map(([reason, hosts]) => ({
      ...{ reason, text: SKIP_REASONS[reason] },
      ...hosts,
    }));
    return {
      ...{ startedAt: this.startedAt, finishedAt: new Date().toISOString() },
      ...{ indexUrl: this.of.indexUrl, dryRun: this.of.dryRun },
      ...{ problem: this.problem, index: this.index },
      ...{ followed: this.followedHosts, unfollowed: this.unfollowedHosts, skipped },
    };
  }
}

function note(hosts: Named, host: string): void {
  hosts.total += 1;
  if (hosts.hosts.length < MOST_NAMED) hosts.hosts.push(host);
}
