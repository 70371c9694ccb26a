import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { PluginSettings } from '../../src/plugin-settings.js';

/** Of the plugin that is tried. */
export const CONTRACT_SETTINGS = z.object({
  word: z.string().default('hello'),
  lists: z.array(z.object({ url: z.string() })).default([]),
});
export type ContractSettings = z.output<typeof CONTRACT_SETTINGS>;

/** A version of the port with the defaults. */
export interface SettingsLab {
  settings: PluginSettings<ContractSettings>;
  /** As an administrator does. */
  change(settings: ContractSettings): Promise<void>;
  drop(): Promise<void>;
}

const LISTS = [{ url: 'https://lists.example/a' }];

/** What every version of the port promises. */
export function describePluginSettings(name: string, open: () => Promise<SettingsLab>): void {
  describe(`settings of a plugin, ${name}`, () => {
    let lab: SettingsLab;
    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    test('are those of the schema until somebody changes them, and then as they were written', async () => {
      expect(lab.settings.get()).toEqual({ word: 'hello', lists: [] });
      await lab.change({ word: 'bye', lists: LISTS });
      expect(lab.settings.get()).toEqual({ word: 'bye', lists: LISTS });
    });

    test('cannot be changed by who reads them', async () => {
      await lab.change({ word: 'bye', lists: structuredClone(LISTS) });
      const { lists } = lab.settings.get();
      expect([lab.settings.get(), lists, lists[0]].every(Object.isFrozen)).toBe(true);
    });

    test('each change is told once they are there, to all who listen, until they hear no more', async () => {
      const heard: string[] = [];
      const stop = lab.settings.onChange(({ word }) => heard.push(`first ${word}`));
      lab.settings.onChange(({ word }) => heard.push(`second ${word} ${lab.settings.get().word}`));
      expect(heard).toEqual([]);
      await lab.change({ word: 'bye', lists: [] });
      stop();
      await lab.change({ word: 'again', lists: [] });
      expect(heard).toEqual(['first bye', 'second bye bye', 'second again again']);
    });

    test('what is the same as before is no change', async () => {
      const heard: string[] = [];
      await lab.change({ word: 'bye', lists: LISTS });
      lab.settings.onChange(({ word }) => heard.push(word));
      await lab.change({ word: 'bye', lists: structuredClone(LISTS) });
      expect(heard).toEqual([]);
    });
  });
}
