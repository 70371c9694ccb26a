import { z } from 'zod';

const MIB = 1024 * 1024;
const bytes = z.coerce.number().int().positive();
const seconds = z.coerce.number().int().min(0);
const host = z
  .string()
  .max(255)
  .regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be a host in lower case, such as video.example');

/** What chooses files on its own; the copies that an administrator asked for are those of `manual`. */
export const CACHE_STRATEGIES = ['most-views', 'trending', 'recently-added', 'channels', 'instance'] as const;

/** One way of choosing files of other instances to cache. */
export const cacheStrategySchema = z
  .strictObject({
    kind: z.enum(CACHE_STRATEGIES),
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/, 'must be 1 to 60 small letters, digits and hyphens')
      .refine((name) => name !== 'manual', 'is taken by what is added by hand')
      .optional()
      .describe('What it is called in lists; default: its kind.'),
    budget: bytes.min(MIB).describe('Bytes that its copies may have in all, those on their way included.'),
    minLifetime: seconds
      .default(10 * 3600)
      .describe('Seconds that a copy stays, unless its video goes or the budget shrinks.'),
    minViews: z.coerce.number().int().min(0).optional().describe('For `most-views`.'),
    channels: z
      .array(z.string().regex(/^[^@\s]{1,120}@[^@\s]{1,255}$/, 'must be <name>@<host>'))
      .min(1)
      .max(500)
      .optional()
      .describe('For `channels`.'),
    host: host.optional().describe('For `instance`.'),
  })
  .superRefine(({ kind, channels, host: from }, context) => {
    const missing = (path: string) =>
      context.addIssue({ code: 'custom', path: [path], message: `is needed for the kind ${kind}` });
    if (kind === 'channels' && !channels) missing('channels');
    if (kind === 'instance' && !from) missing('host');
  })
  .transform((strategy) => ({ ...strategy, name: strategy.name ?? strategy.kind }));

/** Strategies in the order in which they choose; each name, and so each budget, once. */
export const cacheStrategiesSchema = z
  .array(cacheStrategySchema)
  .max(20)
  .superRefine((strategies, context) => {
    strategies.forEach(({ name }, index) => {
      if (strategies.findIndex((other) => other.name === name) < index)
        context.addIssue({ code: 'custom', path: [index, 'name'], message: `"${name}" stands there twice` });
    });
  });

export type CacheStrategyValues = z.output<typeof cacheStrategySchema>;
