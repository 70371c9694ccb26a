import { definePlugin } from '@vidiverse/hooks';
import { settings } from './settings.js';
import { WebhooksModule } from './webhooks.module.js';

export default definePlugin({
  name: 'webhooks',
  displayName: 'Webhooks and feed of events',
  requires: '^0.1.0',
  rights: ['network', 'videos', 'users', 'pages'],
  settings,
  module: WebhooksModule,
});
