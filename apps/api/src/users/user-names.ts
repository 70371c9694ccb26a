import { z } from 'zod';

/** Actors that the instance keeps for itself: peers look for `peertube` (the instance actor). */
const RESERVED = new Set(['peertube', 'instance', 'admin_channel', 'inbox', 'outbox']);

/** PeerTube's rule for names of users, accounts and channels: they are part of ActivityPub ids and never change. */
export const actorName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_]+([a-z0-9_.]*[a-z0-9_])?$/, 'may have letters a to z, digits, _ and inner dots')
  .min(1)
  .max(50)
  .refine((name) => !RESERVED.has(name), 'is reserved');

export const newPassword = z.string().min(8, 'must have at least 8 characters').max(200);
export const email = z.email().max(400).toLowerCase();
