import { definePlugin } from '@vidiverse/hooks';
import { settings } from './settings.js';
import { SharedBlocklistsModule } from './shared-blocklists.module.js';

export default definePlugin({
  name: 'shared-blocklists',
  displayName: 'Shared block lists',
  requires: '^0.1.0',
  rights: ['network', 'following', 'federation'],
  settings,
  module: SharedBlocklistsModule,
});
