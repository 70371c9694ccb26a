import { Role, type User } from '../../api/types';
import type { PluginPage } from '../../stores/extensions';
import type { IconName } from '../base/icons';

export interface AdminTab {
  to: string;
  label: string;
  icon: IconName;
  /** Moderators see it as well. */
  forStaff?: boolean;
}

const TABS: AdminTab[] = [
  { to: '/admin/following', label: 'Following', icon: 'follow' },
  { to: '/admin/followers', label: 'Followers', icon: 'user' },
  { to: '/admin/follow-policy', label: 'Follow policy', icon: 'settings' },
  { to: '/admin/deliveries', label: 'Deliveries', icon: 'send' },
  { to: '/admin/cache-policy', label: 'Cache policy', icon: 'server' },
  { to: '/admin/cached-files', label: 'Cached files', icon: 'library' },
  { to: '/admin/seeds', label: 'Seeds', icon: 'magnet' },
  { to: '/admin/plugins', label: 'Plugins', icon: 'plug' },
  { to: '/admin/blocked', label: 'Blocked', icon: 'block', forStaff: true },
  { to: '/admin/reports', label: 'Reports', icon: 'flag', forStaff: true },
];

/** What of the administration somebody may see, with the pages that plugins add; nothing, for most. */
export function tabsFor(user: User | null, added: PluginPage[] = []): AdminTab[] {
  if (user?.role.id === Role.Administrator)
    return [...TABS, ...added.map(({ to, title }): AdminTab => ({ to, label: title, icon: 'plug' }))];
  return user?.role.id === Role.Moderator ? TABS.filter(({ forStaff }) => forStaff) : [];
}
