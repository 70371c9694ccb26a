import type { UserRole as RoleName, Viewer } from '@vidiverse/hooks';
import { type UserEntity, UserRole } from './user.entity.js';

const ROLES: Record<UserRole, RoleName> = {
  [UserRole.Administrator]: 'administrator',
  [UserRole.Moderator]: 'moderator',
  [UserRole.User]: 'user',
};

/** A role as plugins read it. */
export const roleName = (role: UserRole): RoleName => ROLES[role];

/** A user as plugins see them. */
export const viewer = ({ id, username, role }: UserEntity): Viewer => ({
  id,
  username,
  role: roleName(role),
});

/** Who asks, as plugins see them; null for a visitor. */
export const viewerOf = (user: UserEntity | null): Viewer | null => (user === null ? null : viewer(user));
