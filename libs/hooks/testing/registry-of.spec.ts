import { expect, test } from '@jest/globals';
import { OnHook } from '../src/on-hook.decorator.js';
import type { PluginSettings } from '../src/plugin-settings.js';
import { MemorySettings, registryOf } from './index.js';
import { score } from './test-hooks.js';

class Adder {
  constructor(private readonly settings: PluginSettings<{ step: number }>) {}

  @OnHook(score)
  add(value: number) {
    return value + this.settings.get().step;
  }
}

test('the tests of a plugin call its handlers as the server does, with settings that change', async () => {
  const settings = new MemorySettings({ step: 1 });
  const registry = registryOf('adder', [new Adder(settings)]);
  expect(await registry.filter(score, 1)).toBe(2);
  settings.change({ step: 5 });
  expect(await registry.filter(score, 1)).toBe(6);
  expect(registry.health()).toMatchObject([{ plugin: 'adder', calls: 2, failures: 0 }]);
});
