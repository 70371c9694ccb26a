import type { Component } from 'vue';
import type { WebPlayer, WebUpload, WebVideo, WebVideoDetails } from './data.js';

/** The places for components, and what a component gets there as its props. */
export interface SlotProps {
  /** Between the picture and the title of a video. */
  'player.below': { video: WebVideoDetails; player: WebPlayer };
  /** An entry of the player's menu; see WebMenuEntry. */
  'player.menu': { video: WebVideoDetails; player: WebPlayer };
  /** Over the picture of a video in lists: a word or a sign; clicks go through it to the video. */
  'card.badge': { video: WebVideo };
  /** At the end of the panel that says who carries the video. */
  'swarm.panel': { video: WebVideoDetails; player: WebPlayer };
  /** Below the form of an upload, until it is published. */
  'upload.step': { upload: WebUpload };
}

/** An entry of a menu. */
export interface WebMenuEntry {
  /** One element, such as a button, whose click is the choice. The menu gives it its role and its keys. */
  readonly component: Component;
  /** Whether the entry has a use now; asked each time the menu is opened. Left out: always. */
  readonly isShown?: (props: SlotProps['player.menu']) => boolean;
}

/** A page of its own, without props. */
export interface WebPage {
  /** Of its tab and its window; at most 60 characters. */
  readonly title: string;
  /** The last part of its address: small letters, digits and hyphens, at most 41. */
  readonly path: string;
  readonly component: Component;
}

/** The page that is open. */
export interface WebHeadContext {
  /** `/w/4kPzqGTf3mE` */
  readonly path: string;
  /** Of watch and embed pages, once it is here. */
  readonly video: WebVideoDetails | null;
}

/** Elements of the document's head, by their attributes: `{ rel: 'alternate', type: 'application/atom+xml', href: '/feed' }`. */
export interface WebHead {
  readonly links?: ReadonlyArray<Readonly<Record<string, string>>>;
  readonly metas?: ReadonlyArray<Readonly<Record<string, string>>>;
}

/** What a plugin puts where. */
export interface WebSlots extends Readonly<
  Partial<Record<Exclude<keyof SlotProps, 'player.menu'>, Component>>
> {
  /** One entry, or several. */
  readonly 'player.menu'?: Component | readonly WebMenuEntry[];
  /** Tabs of the administration, for administrators: `/admin/plugins/<name>/<path>`. */
  readonly 'admin.page'?: readonly WebPage[];
  /** Of everyone with an account: `/my-library/plugins/<name>/<path>`. */
  readonly 'settings.page'?: readonly WebPage[];
  /** Asked again for each page; what it said of the page before goes. */
  readonly head?: (page: WebHeadContext) => WebHead | null;
}

export type SlotName = keyof WebSlots;
