import { definePlugin } from '@vidiverse/hooks';

export default definePlugin({
  name: 'chapters',
  displayName: 'Chapters',
  requires: '^0.1.0',
  rights: ['pages'],
  web: 'dist/web/index.js',
  staticFiles: 'public',
  translations: { de: 'translations/de.json', fr: 'translations/fr.json' },
});
