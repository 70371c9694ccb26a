import type { Component } from 'vue';
import type { SlotProps, WebMenuEntry } from '@vidiverse/hooks/web';
import type { LoadedPlugin } from './load-module';
import { say } from './say';

export interface MenuEntry {
  key: string;
  plugin: LoadedPlugin;
  component: Component;
}

/** What plugins have for the player's menu now. An entry that cannot say whether it has a use is left out. */
export const menuEntries = (plugins: LoadedPlugin[], props: SlotProps['player.menu']): MenuEntry[] =>
  plugins.flatMap((plugin) =>
    entriesOf(plugin).flatMap(({ component, isShown }, index) =>
      isShown && !asked(plugin, () => isShown(props))
        ? []
        : [{ key: `${plugin.name} ${index}`, plugin, component }],
    ),
  );

function entriesOf({ slots }: LoadedPlugin): readonly WebMenuEntry[] {
  const entries = slots['player.menu'];
  if (!entries) return [];
  return Array.isArray(entries) ? entries : [{ component: entries as Component }];
}

function asked({ name }: LoadedPlugin, isShown: () => boolean): boolean {
  try {
    return isShown();
  } catch (error) {
    say(name, 'left out an entry of the menu', error);
    return false;
  }
}
