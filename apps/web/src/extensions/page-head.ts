import type { WebHead, WebHeadContext } from '@vidiverse/hooks/web';
import type { LoadedPlugin } from './load-module';
import { say } from './say';

const TAGS = { links: 'link', metas: 'meta' } as const;
const NAME = /^[a-z][a-z-]*$/;

export interface HeadElement {
  tag: 'link' | 'meta';
  attributes: Record<string, string>;
}

/** What plugins want in the head of a page. One that throws, or answers something else, adds nothing. */
export function headElements(
  plugins: Array<Pick<LoadedPlugin, 'name' | 'slots'>>,
  page: WebHeadContext,
): HeadElement[] {
  return plugins.flatMap(({ name, slots }) => {
    try {
      const head = slots.head?.(page);
      return head ? elementsOf(head) : [];
    } catch (error) {
      say(name, 'its part of the head was left out', error);
      return [];
    }
  });
}

const elementsOf = (head: WebHead): HeadElement[] =>
  (['links', 'metas'] as const).flatMap((kind) =>
    (head[kind] ?? []).map((attributes) => ({ tag: TAGS[kind], attributes: readAttributes(attributes) })),
  );

/** Names of handlers (`onload`) would run under the policy for scripts anyway: they are refused with a reason. */
function readAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(attributes))
    if (!NAME.test(name) || name.startsWith('on') || typeof value !== 'string')
      throw new TypeError(`${name} is no attribute of a link or a meta`);
  return { ...attributes };
}
