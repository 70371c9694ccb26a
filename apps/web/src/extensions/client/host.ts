/** What plugins import from `@vidiverse/hooks/web` at run time. */
export { usePluginHost } from '../plugin-host';
export { defineWeb } from '@vidiverse/hooks/web';
