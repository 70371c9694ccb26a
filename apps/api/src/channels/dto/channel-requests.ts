import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { actorName } from '../../users/user-names.js';

const text = (limit: number) =>
  z.preprocess((value) => (value === '' ? null : value), z.string().max(limit).nullable());

export const channelCreation = z.strictObject({
  name: actorName.describe('Part of the address; cannot change.'),
  displayName: z.string().trim().min(1).max(120),
  description: text(1000).default(null).describe('Markdown, at most 1,000 characters.'),
  support: text(1000).default(null).describe('Markdown, at most 1,000 characters.'),
});
export type ChannelCreation = z.output<typeof channelCreation>;

export const channelUpdate = z
  .strictObject({
    displayName: z.string().trim().min(1).max(120),
    description: text(1000),
    support: text(1000),
  })
  .partial();
export type ChannelUpdate = z.output<typeof channelUpdate>;

export const channelSearch = pageQuery.extend({ search: z.string().trim().max(200).default('') });
export type ChannelSearch = z.output<typeof channelSearch>;
