import { normalizeHost } from '@vidiverse/federation';
import { z } from 'zod';

const host = z
  .string({ error: 'is needed' })
  .trim()
  .max(255)
  .transform((text, context) => {
    const normal = normalizeHost(text);
    if (normal === null)
      context.addIssue({ code: 'custom', message: 'must be a host, such as video.example' });
    return normal ?? z.NEVER;
  });

export const accountBlock = z.object({
  accountName: z.string({ error: 'is needed' }).trim().min(1).max(400).describe('`name` or `name@host`.'),
});
export type AccountBlock = z.output<typeof accountBlock>;

export const serverBlock = z.object({
  host: host.meta({ description: 'Host, with a port that is not the default.' }),
});
export type ServerBlock = z.output<typeof serverBlock>;

const MAX_ASKED = 50;
const several = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.string().trim().max(400)).max(MAX_ASKED).default([]),
);

export const blockStatusQuery = z.object({
  accounts: several.describe('Handles, `name` or `name@host`, at most 50.'),
  hosts: several.describe('Hosts, at most 50.'),
});
export type BlockStatusQuery = z.output<typeof blockStatusQuery>;
