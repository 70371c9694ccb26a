import { makeMp4 } from '../support/media/index.js';
import { pluginPackages } from '../support/plugin-packages.js';
import { createServerProcess } from '../support/server-process.js';
import { uploaderOf, uploadForm, until } from '../support/uploads.js';
import { QUICK_PUBLISHING } from '../support/videos.js';

/** Runs in pages: what each of its slots shows proves that Vue, the host and the page's state are the same on both sides. */
const SHOWCASE_WEB = `
import { computed, h, ref } from '/client/vue.js';
import { defineWeb, usePluginHost } from '/client/host.js';

const Below = {
  props: ['video', 'player'],
  setup(props) {
    const host = usePluginHost();
    const videos = ref(null);
    const time = computed(() => host.format.duration(props.player.state.currentTime));
    const ask = async () => {
      const { total } = await host.api('GET', 'users/me/videos');
      videos.value = total;
      host.notify('Counted.');
    };
    return () =>
      h('section', { 'aria-label': 'Chapters' }, [
        h('h2', 'Chapters of ' + props.video.name),
        h('p', 'Now at ' + time.value),
        h('p', host.user.value ? 'Seen by ' + host.user.value.username : 'Seen by a visitor'),
        h('button', { class: 'button', onClick: () => props.player.seek(1.5) }, 'To the second chapter'),
        h('button', { class: 'button', onClick: ask }, 'Count my videos'),
        videos.value === null ? null : h('p', 'You have ' + videos.value),
      ]);
  },
};
const MenuEntry = {
  props: ['player'],
  setup: (props) => () => h('button', { type: 'button', onClick: () => props.player.seek(1) }, 'Skip the intro'),
};
const Badge = { props: ['video'], render() { return h('span', { class: 'badge' }, this.video.isLocal ? 'Ours' : 'Theirs'); } };
const Swarm = { props: ['player'], render() { return h('p', 'Pieces by ' + this.player.state.delivery); } };
const Step = {
  props: ['upload'],
  render() {
    const { upload } = this;
    return h('div', { class: 'card' }, [
      h('p', 'A step for ' + upload.draft.name),
      h('button', { class: 'button', onClick: () => upload.change({ name: 'Named by a plugin', privacy: 1 }) }, 'Name it'),
    ]);
  },
};
const page = (text) => ({ setup: () => () => h('h1', text) });

export default defineWeb({
  slots: {
    'player.below': Below,
    'player.menu': MenuEntry,
    'card.badge': Badge,
    'swarm.panel': Swarm,
    'upload.step': Step,
    'admin.page': [{ title: 'Chapter log', path: 'log', component: page('The chapter log') }],
    'settings.page': [{ title: 'My chapters', path: 'mine', component: page('Chapters of mine') }],
    head: ({ path, video }) => ({
      links: [{ rel: 'alternate', type: 'application/atom+xml', href: '/feed?of=' + (video ? video.name : path) }],
    }),
  },
});
`;

const CLUMSY_WEB = `
import { h } from '/client/vue.js';
export default {
  slots: {
    'player.below': { setup() { throw new Error('clumsy setup'); } },
    'card.badge': { render() { throw new Error('clumsy render'); } },
    'swarm.panel': { props: ['video', 'player'], render: () => h('button', { class: 'button', onClick() { throw new Error('clumsy click'); } }, 'Press me') },
    head() { throw new Error('clumsy head'); },
    'player.above': {},
  },
};
`;

const SERVER = `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin, OnHook, videoListAnswered, videoListAsked } from '@vidiverse/hooks';
import { z } from 'zod';

@Injectable()
class Handlers {
  @OnHook(videoListAnswered) answer(page) { return page; }
  @OnHook(videoListAsked) ask() { throw new Error('It has no list'); }
}
@Module({ providers: [Handlers] })
class ShowcaseModule {}

export default definePlugin({
  name: 'showcase',
  displayName: 'Showcase',
  requires: '*',
  rights: ['pages', 'videos'],
  module: ShowcaseModule,
  web: 'dist/web.js',
  settings: z.object({
    greeting: z.string().min(1).max(40).default('Hello').meta({ title: 'Greeting', description: 'Stands above the chapters.' }),
    perPage: z.int().min(1).max(50).default(10).meta({ title: 'Chapters per page' }),
    marks: z.boolean().default(true).meta({ title: 'Marks on the seek bar', description: 'Shows where chapters begin.' }),
    order: z.enum(['time', 'title']).default('time').meta({ title: 'Order' }),
    source: z.url().optional().meta({ title: 'Where chapters come from' }),
    hosts: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'is not a host')).max(5).default([]).meta({ title: 'Hosts', description: 'Whose chapters are shown.' }),
    places: z.array(
      z.object({
        address: z.string().min(3).regex(/^https:/, 'is no address').meta({ title: 'Address' }),
        kinds: z.array(z.enum(['talk', 'song', 'film'])).default([]).meta({ title: 'Kinds' }),
        hidden: z.boolean().default(false).meta({ title: 'Hidden' }),
      }).meta({ title: 'Place' }),
    ).max(3).default([]).refine((all) => new Set(all.map(({ address }) => address)).size === all.length, 'has one address twice').meta({ title: 'Places' }),
    note: z.string().max(500).optional().meta({ title: 'Note', format: 'textarea' }),
  }),
});
`;

/** A plugin with a part of the pages alone. */
const simple = (name: string, displayName: string): string =>
  `import { definePlugin } from '@vidiverse/hooks';
export default definePlugin({ name: '${name}', displayName: '${displayName}', requires: '*', web: 'dist/web.js' });`;

/** By name: the module for the server, and that for the pages. */
const SOURCES = {
  showcase: [SERVER, SHOWCASE_WEB],
  clumsy: [simple('clumsy', 'Clumsy'), CLUMSY_WEB],
  unreadable: [simple('unreadable', 'Unreadable'), 'export default {;'],
  endless: [simple('endless', 'Endless'), 'await new Promise(() => {});'],
  newer: [simple('newer', 'Newer').replace("'*'", "'^99.0.0'"), ''],
} satisfies Record<string, [string, string]>;

export interface PluginServer {
  readonly address: string;
  close(): Promise<void>;
}

/** An instance in a process of its own with these plugins, whose packages lie outside the repository. */
export async function serverWithPlugins(names: Array<keyof typeof SOURCES>): Promise<PluginServer> {
  const packages = await pluginPackages();
  const folders = [];
  for (const name of names) {
    const [source, web] = SOURCES[name];
    folders.push(await packages.make(name, source, { 'dist/web.js': web }));
  }
  const server = await createServerProcess({
    environment: {
      ...QUICK_PUBLISHING,
      VIDIVERSE_PLUGINS_LIST: folders.join(','),
      // What they hold is shown from the beginning.
      VIDIVERSE_PLUGINS_MEMORY_SUSPICION: '0',
    },
  });
  await server.start();
  return {
    address: server.address,
    close: async () => {
      await server.remove();
      await packages.remove();
    },
  };
}

/** Publishes `A clip of 4 seconds`; answers its short id. */
export async function publishFourSeconds({ address }: PluginServer): Promise<string> {
  const media = makeMp4({ frames: 100, fastStart: true });
  const { body } = await uploadForm(await uploaderOf({ address }), media, { name: 'A clip of 4 seconds' });
  const { shortUUID } = body.video!;
  await until(async () => {
    const answer = await fetch(`${address}/api/v1/videos/${shortUUID}`);
    return answer.ok && ((await answer.json()) as { state: { id: number } }).state.id === 1;
  }, 'the clip is published');
  return shortUUID;
}
