import { z } from 'zod';
import { booleanParam } from '../../shared/validation.js';
import { actorName, email, newPassword } from '../user-names.js';
import { UserRole } from '../user.entity.js';

const quota = z.coerce.number().int().min(-1).describe('Bytes; -1 is no limit.');
const role = z.coerce.number().pipe(z.enum(UserRole)).describe('0 administrator, 1 moderator, 2 user.');

/** What users change of themselves. Anything else is refused, so that no role or quota slips in. */
export const meUpdate = z
  .strictObject({
    currentPassword: z.string().max(200).describe('Needed for a new password or e-mail address.'),
    password: newPassword.describe('8 to 200 characters. Ends all other sessions.'),
    email,
    p2pEnabled: booleanParam,
    displayName: z.string().trim().min(1).max(120),
    description: z.string().max(1000).nullable(),
  })
  .partial();
export type MeUpdate = z.output<typeof meUpdate>;

export const userCreation = z.strictObject({
  username: actorName,
  password: newPassword,
  email,
  role: role.default(UserRole.User),
  videoQuota: quota.optional(),
  videoQuotaDaily: quota.optional(),
});
export type UserCreation = z.output<typeof userCreation>;

export const userUpdate = z
  .strictObject({ email, role, videoQuota: quota, videoQuotaDaily: quota, password: newPassword })
  .partial();
export type UserUpdate = z.output<typeof userUpdate>;

export const userIdParam = z.coerce.number().int().positive();
