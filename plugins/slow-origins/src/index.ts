import { definePlugin } from '@vidiverse/hooks';
import { settings } from './settings.js';
import { SlowOriginsModule } from './slow-origins.module.js';

export default definePlugin({
  name: 'slow-origins',
  displayName: 'Slow origins',
  requires: '^0.1.0',
  rights: ['network', 'sharing'],
  settings,
  module: SlowOriginsModule,
});
