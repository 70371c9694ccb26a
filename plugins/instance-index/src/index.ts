import { definePlugin } from '@vidiverse/hooks';
import { InstanceIndexModule } from './instance-index.module.js';
import { settings } from './settings.js';

export default definePlugin({
  name: 'instance-index',
  displayName: 'Instance index',
  requires: '^0.1.0',
  rights: ['network', 'following'],
  settings,
  module: InstanceIndexModule,
});
