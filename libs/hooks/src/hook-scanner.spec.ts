import { describe, expect, test } from '@jest/globals';
import { type DynamicModule, Global, Injectable, Module, Scope, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { entered, entry, score } from '../testing/test-hooks.js';
import { HookRegistry } from './hook-registry.js';
import { HookScanner } from './hook-scanner.js';
import { HookHandlerError } from './hooks.errors.js';
import { HooksModule } from './hooks.module.js';
import { OnHook } from './on-hook.decorator.js';
import { refuse } from './verdict.js';

@Injectable()
class Adder {
  private readonly step = 5;

  @OnHook(score, { order: 3 })
  add(value: number) {
    return value + this.step;
  }

  helper(value: number) {
    return value;
  }
}

@Injectable()
class Keeper {
  readonly entered: string[] = [];

  @OnHook(entry)
  review() {
    return this.entered.length > 0 ? refuse('full') : undefined;
  }

  @OnHook(entered)
  tell({ who }: { who: string }) {
    this.entered.push(who);
  }
}

/** A plugin whose handler stands in a module that it brings along. */
@Module({ providers: [Keeper, { provide: 'alias', useExisting: Keeper }], exports: [Keeper] })
class DoorModule {}
@Module({ imports: [DoorModule] })
class DoorPlugin {}

@Global()
@Module({ providers: [Adder], exports: [Adder] })
class SharedModule {}

async function start(imports: Array<Type<unknown> | DynamicModule>) {
  @Module({ imports })
  class App {}
  const testing = await Test.createTestingModule({ imports: [HooksModule.with(), App] }).compile();
  await testing.init();
  return { App, scanner: testing.get(HookScanner), registry: testing.get(HookRegistry), testing };
}

const owners = (registry: HookRegistry) => registry.health().map(({ plugin, hook }) => `${plugin}: ${hook}`);

describe('handlers are found', () => {
  test('in the application and in what each plugin brings along, each under the name of its owner', async () => {
    const { App, scanner, registry } = await start([SharedModule, DoorPlugin]);
    expect(scanner.adopt('app', App, [DoorPlugin])).toBe(1);
    expect(scanner.adopt('door', DoorPlugin)).toBe(2);
    expect(owners(registry).sort()).toEqual([
      'app: test.score.add',
      'door: test.door.enter',
      'door: test.door.entered',
    ]);
  });

  test('and called as methods, with their order', async () => {
    const { App, scanner, registry, testing } = await start([SharedModule, DoorPlugin]);
    scanner.adopt('app', App);
    expect(await registry.filter(score, 1)).toBe(6);
    expect(registry.health().find(({ hook }) => hook === score.name)?.order).toBe(3);
    registry.emit(entered, { who: 'anna' });
    await registry.settle();
    expect(testing.get(Keeper, { strict: false }).entered).toEqual(['anna']);
    expect(await registry.guard(entry, { who: 'ben' })).toMatchObject({ decision: 'refuse', plugin: 'app' });
  });

  test('again after the plugin was switched off', async () => {
    const { App, scanner, registry } = await start([DoorPlugin]);
    scanner.adopt('app', App, [DoorPlugin]);
    scanner.adopt('door', DoorPlugin);
    registry.remove('door');
    expect(owners(registry)).toEqual([]);
    expect(scanner.adopt('door', DoorPlugin)).toBe(2);
    expect(owners(registry)).toHaveLength(2);
  });
});

describe('none of a plugin’s handlers is registered', () => {
  @Injectable({ scope: Scope.REQUEST })
  class OfRequests {
    @OnHook(score)
    add(value: number) {
      return value + 1;
    }
  }
  @Injectable({ scope: Scope.TRANSIENT })
  class Transient extends OfRequests {}
  @Injectable()
  class Impatient {
    @OnHook(score, { timeoutMs: -1 })
    add(value: number) {
      return value + 1;
    }
  }

  test.each([
    ['is made for each request', OfRequests, 'OfRequests has a handler of test.score.add, but is made anew'],
    ['is made for each of its users', Transient, 'Transient has a handler'],
    ['wants what cannot be', Impatient, 'The handler of test.score.add in bad has -1 as its timeoutMs'],
  ])('when one %s', async (_, provider, said) => {
    @Module({ providers: [Keeper, provider] })
    class BadPlugin {}
    const { scanner, registry } = await start([BadPlugin]);
    const adopt = () => scanner.adopt('bad', BadPlugin);
    expect(adopt).toThrow(HookHandlerError);
    expect(adopt).toThrow(said);
    expect(owners(registry)).toEqual([]);
  });
});

test('a static method is no handler', () => {
  const descriptor = Object.getOwnPropertyDescriptor(Adder.prototype, 'add')!;
  expect(() => OnHook(score)(Adder, 'add', descriptor)).toThrow('Adder.add is static');
});
