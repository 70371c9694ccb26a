import type { Component } from 'vue';
import type { SlotName, SlotProps, WebMenuEntry, WebPage, WebSlots } from '@vidiverse/hooks/web';

export type ComponentSlot = Exclude<keyof SlotProps, 'player.menu'>;

const COMPONENT_SLOTS: Record<ComponentSlot, true> = {
  'player.below': true,
  'card.badge': true,
  'swarm.panel': true,
  'upload.step': true,
};
const PAGE_SLOTS = ['admin.page', 'settings.page'] satisfies SlotName[];
const MOST_TITLE = 60;
const PATH = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** What a module put into the slots; `problems` says of each slot that was left out why. */
export interface ReadWeb {
  slots: WebSlots;
  styles: string[];
  problems: string[];
}

/** Reads the module of a plugin, which may be of another version or not a plugin's at all. @throws TypeError without slots */
export function readWeb(module: unknown): ReadWeb {
  const { slots, styles = [] } = isObject(module) && isObject(module.default) ? module.default : {};
  if (!isObject(slots)) throw new TypeError('its default export is not what defineWeb answers');
  const read: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(slots)) {
    const problem = problemOf(name, value);
    if (problem) problems.push(`${name} ${problem}`);
    else if (value !== undefined) read[name] = value;
  }
  if (isListOf(styles, isText)) return { slots: read as WebSlots, styles, problems };
  return {
    slots: read as WebSlots,
    styles: [],
    problems: [...problems, 'styles is not a list of addresses'],
  };
}

function problemOf(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (Object.hasOwn(COMPONENT_SLOTS, name)) return isComponent(value) ? null : 'is not a component';
  if (name === 'player.menu')
    return isComponent(value) || isListOf(value, isMenuEntry)
      ? null
      : 'is neither a component nor a list of entries: each has a component, and isShown is a function';
  if (name === 'head') return typeof value === 'function' ? null : 'is not a function';
  if (!(PAGE_SLOTS as string[]).includes(name)) return 'is no slot of this version';
  if (!isListOf(value, isPage))
    return `is not a list of pages: each has a title of 1 to ${MOST_TITLE} characters, a path like ${PATH.source} and a component`;
  const paths = value.map(({ path }) => path);
  return new Set(paths).size === paths.length ? null : 'has two pages at one path';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string';

const isListOf = <Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.every(isItem);

const isComponent = (value: unknown): value is Component =>
  (isObject(value) && !Array.isArray(value)) || typeof value === 'function';

const isMenuEntry = (value: unknown): value is WebMenuEntry =>
  isObject(value) &&
  isComponent(value.component) &&
  (value.isShown === undefined || typeof value.isShown === 'function');

const isPage = (value: unknown): value is WebPage =>
  isObject(value) &&
  typeof value.title === 'string' &&
  value.title.trim() !== '' &&
  value.title.length <= MOST_TITLE &&
  typeof value.path === 'string' &&
  PATH.test(value.path) &&
  isComponent(value.component);
