import { describe, expect, test } from '@jest/globals';
import { compileSnippets } from '../testing/compile-snippets.js';

const HOOKS = `
import { z } from 'zod';
import { defineEvent, defineFilter, defineGuard, definePlugin, HookRegistry, hold, OnHook, type Verdict } from '../src/index.js';
interface Video { readonly name: string; readonly tags: readonly string[] }
interface Viewer { readonly viewer: string | null }
const shown = defineFilter<Video, Viewer>({ name: 'test.video.show', description: '', example: '' });
const scored = defineFilter<number>({ name: 'test.video.score', description: '', example: '' });
const accepted = defineGuard<Video>({ name: 'test.video.accept', description: '', example: '' });
const published = defineEvent<Video>({ name: 'test.video.published', description: '', example: '' });
const about = { name: 'test', displayName: 'Test', requires: '^0.1.0', settings: z.strictObject({ from: z.int().default(1) }) };
export class Handlers {
  constructor(readonly registry: HookRegistry) {}
`;

const RIGHT = {
  'a filter': `@OnHook(shown) change(video: Video, { viewer }: Viewer) { return { ...video, name: viewer ?? video.name }; }`,
  'a filter that looks at the value alone': `@OnHook(shown) change({ tags }: Video) { return { name: '', tags }; }`,
  'a filter with a promise': `@OnHook(scored) async change(score: number) { return score + 1; }`,
  'a filter that needs less than it gets': `@OnHook(shown) change(video: { name: string }) { return { name: video.name, tags: [] }; }`,
  'a guard': `@OnHook(accepted) review({ name }: Video) { return name === '' ? hold('no name') : undefined; }`,
  'a guard with a promise': `@OnHook(accepted, { order: -1, timeoutMs: 50 }) async review(): Promise<Verdict | undefined> { return undefined; }`,
  'an event': `@OnHook(published) tell({ name }: Video) { void name; }`,
  'an event with a promise': `@OnHook(published) async tell(video: Video) { await Promise.resolve(video); }`,
  'a private handler': `@OnHook(published) protected tell(video: Video): void { void video; }`,
  'a handler of two hooks': `@OnHook(published) @OnHook(defineEvent<Video>({ name: 'test.video.updated', description: '', example: '' })) tell(video: Video): void { void video; }`,
  'a call of a filter': `call(video: Video): Promise<Video> { return Promise.resolve(this.registry.filter(shown, video, { viewer: null })); }`,
  'a call of a filter without a context': `async call(): Promise<number> { return (await this.registry.filter(scored, 1)) + 1; }`,
  'a call of a guard': `async call(video: Video) { const said = await this.registry.guard(accepted, video); return said.decision === 'allow' ? '' : said.plugin; }`,
  'a plugin that reads its settings': `plugin = definePlugin({ ...about, module: (settings) => ({ module: Handlers, providers: [{ provide: 'from', useFactory: (): number => settings.get().from }] }) });`,
  'a registered function': `call() { this.registry.add({ plugin: 'test', hook: scored, handle: (score) => score * 2 }); }`,
};

const WRONG = {
  'a filter with a wrong value': `@OnHook(shown) change(video: { title: string }) { return { name: video.title, tags: [] }; }`,
  'a filter with a wrong context': `@OnHook(shown) change(video: Video, viewer: number) { return viewer ? video : video; }`,
  'a filter with a third argument': `@OnHook(shown) change(video: Video, viewer: Viewer, more: string) { return more ? video : video; }`,
  'a filter with a wrong answer': `@OnHook(shown) change({ name }: Video) { return name; }`,
  'a filter with a part of an answer': `@OnHook(shown) change({ name }: Video) { return { name }; }`,
  'a filter that answers nothing': `@OnHook(shown) change(video: Video) { void video; }`,
  'a filter that promises nothing': `@OnHook(shown) async change(video: Video) { void video; }`,
  'a filter that may answer undefined': `@OnHook(shown) change(video: Video) { return video.name ? video : undefined; }`,
  'a guard with a wrong subject': `@OnHook(accepted) review(name: string) { return hold(name); }`,
  'a guard with a boolean': `@OnHook(accepted) review({ name }: Video) { return name !== ''; }`,
  'a guard with a promise of a boolean': `@OnHook(accepted) async review({ name }: Video) { return name !== ''; }`,
  'a guard that has nothing to say, ever': `@OnHook(accepted) review(video: Video): void { void video; }`,
  'a guard that holds without a reason': `@OnHook(accepted) review() { return { decision: 'hold' as const }; }`,
  'an event with a wrong fact': `@OnHook(published) tell(id: number) { void id; }`,
  'an event with an answer': `@OnHook(published) tell(video: Video) { return video; }`,
  'a filter on a guard': `@OnHook(accepted) change(video: Video) { return video; }`,
  'a filter on an event': `@OnHook(published) async change(video: Video) { return video; }`,
  'a guard on a filter': `@OnHook(shown) review() { return hold('no'); }`,
  'a guard on an event': `@OnHook(published) review() { return hold('no'); }`,
  'an event on a filter': `@OnHook(shown) async tell(video: Video) { await Promise.resolve(video); }`,
  'an event on a guard': `@OnHook(accepted) async tell(video: Video) { await Promise.resolve(video); }`,
  'a handler that writes into its value': `@OnHook(shown) change(video: Video) { video.tags.push('x'); return video; }`,
  'a property': `@OnHook(published) tell = (video: Video) => void video;`,
  'a hook by its name': `@OnHook('test.video.published') tell(video: Video) { void video; }`,
  'a call with a wrong value': `call() { return this.registry.filter(scored, 'high'); }`,
  'a call without the context': `call(video: Video) { return this.registry.filter(shown, video); }`,
  'a call of a filter as a guard': `call(video: Video) { return this.registry.guard(shown, video); }`,
  'a guard told as an event': `call(video: Video) { this.registry.emit(accepted, video); }`,
  'a plugin that reads a setting it does not have': `plugin = definePlugin({ ...about, module: (settings) => ({ module: Handlers, providers: [{ provide: 'until', useFactory: () => settings.get().until }] }) });`,
  'a plugin with a field that there is not': `plugin = definePlugin({ ...about, setings: about.settings });`,
  'a plugin with a right that there is not': `plugin = definePlugin({ ...about, rights: ['everything'] });`,
  'a registered function of another shape': `call() { this.registry.add({ plugin: 'test', hook: scored, handle: () => 'high' }); }`,
};

/** What the compiler says about types, and not about a snippet that is none. */
const TYPES = /is not assignable to|does not exist (on|in) type|the decorator expects/;

const compiled = compileSnippets(
  [...Object.values(RIGHT), ...Object.values(WRONG)].map((member) => `${HOOKS}  ${member}\n}\n`),
);

describe('the compiler takes', () => {
  test.each(Object.keys(RIGHT).map((what, index): [string, number] => [what, index]))('%s', (_, index) => {
    expect(compiled[index]).toEqual([]);
  });
});

describe('the compiler refuses', () => {
  const offset = Object.keys(RIGHT).length;
  test.each(Object.keys(WRONG).map((what, index): [string, number] => [what, offset + index]))(
    '%s',
    (_, index) => {
      expect(compiled[index]!.join()).toMatch(TYPES);
    },
  );
});
