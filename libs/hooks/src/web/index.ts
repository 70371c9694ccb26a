import type { PluginHost } from './plugin-host.js';
import type { WebSlots } from './slots.js';

export type {
  WebActor,
  WebPlayer,
  WebPlayerState,
  WebUpload,
  WebUploadDraft,
  WebVideo,
  WebVideoDetails,
} from './data.js';
export type { HostApiError, HostRequest, HostUser, PluginHost } from './plugin-host.js';
export type { Translate, WebTexts } from './texts.js';
export type {
  SlotName,
  SlotProps,
  WebHead,
  WebHeadContext,
  WebMenuEntry,
  WebPage,
  WebSlots,
} from './slots.js';

/** A plugin's part of the pages. */
export interface WebPlugin {
  readonly slots: WebSlots;
  /** Style sheets, by their address from the module: `./web.css`. They are there before a slot is filled. */
  readonly styles?: readonly string[];
}

/**
 * What it answers is the default export of the module that `web` of `definePlugin` names. That module runs with the Vue of the
 * pages: it is built with `vue` external and mapped to `/client/vue.js`, and this package to `/client/host.js`, or imports
 * from these itself.
 */
export const defineWeb = (web: WebPlugin): WebPlugin => web;

/**
 * What the pages offer; for the `setup` of components in slots, and throws anywhere else. Only `/client/host.js` has it, so
 * that a build which forgot to map this package fails.
 */
export declare function usePluginHost(): PluginHost;
