import {
  followAccepted,
  jobFailed,
  userRegistered,
  videoDeleted,
  videoPublished,
  videoUpdated,
} from '@vidiverse/hooks';
import { z } from 'zod';

/** Names of the hooks, which never change. */
export const EVENTS = [
  videoPublished.name,
  videoUpdated.name,
  videoDeleted.name,
  followAccepted.name,
  userRegistered.name,
  jobFailed.name,
];

const target = z
  .object({
    url: z
      .string()
      .max(2000)
      .regex(/^https?:\/\/\S+$/, 'must be an address that begins with https://')
      .meta({ title: 'Address', description: 'Address that is told.' }),
    secret: z
      .string()
      .min(16, 'must have 16 characters or more')
      .max(200)
      .meta({ format: 'password', description: 'Signs what is sent: any text, or whsec_ and Base64.' }),
    events: z.array(z.enum(EVENTS)).max(EVENTS.length).default([]).describe('Which events; none named: all.'),
  })
  .meta({ title: 'Target' });

export const settings = z.object({
  targets: z
    .array(target)
    .max(50)
    .default([])
    .refine((all) => new Set(all.map(({ url }) => url)).size === all.length, 'must name each address once')
    .describe('Who is told.'),
  timeoutSeconds: z.number().int().min(1).max(60).default(10).describe('Seconds that an address may take.'),
  feedItems: z.number().int().min(1).max(50).default(20).describe('Events in a feed.'),
  keptEvents: z.number().int().min(1).max(500).default(100).describe('Events that are kept for a feed.'),
  feedToken: z
    .string()
    .max(200)
    .regex(/^(|.{16,})$/, 'must be empty, or have 16 characters or more')
    .default('')
    .meta({
      format: 'password',
      description: "Opens the administrators' feed, as ?token=; none: there is no such feed.",
    }),
});

export type Settings = z.output<typeof settings>;
export type Target = Settings['targets'][number];
