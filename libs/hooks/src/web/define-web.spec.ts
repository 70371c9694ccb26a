import { expect, test } from '@jest/globals';
import { defineWeb, type PluginHost, type SlotProps, type WebPlugin } from './index.js';

const component = { render: () => null };

test('a plugin’s part of the pages is what it says', () => {
  const web: WebPlugin = {
    slots: {
      'player.below': component,
      'admin.page': [{ title: 'Log', path: 'log', component }],
      head: ({ video }) =>
        video ? { metas: [{ name: 'author', content: video.channel.displayName }] } : null,
    },
  };
  expect(defineWeb(web)).toBe(web);
});

// The compiler checks these; Jest only runs them.
test('a wrong slot, page or property of a slot does not compile', () => {
  // @ts-expect-error there is no such slot
  defineWeb({ slots: { 'player.above': component } });
  // @ts-expect-error a page has a path
  defineWeb({ slots: { 'admin.page': [{ title: 'Log', component }] } });
  // @ts-expect-error plugins see the player's state and do not write it
  const pause = ({ player }: SlotProps['player.below']) => (player.state.paused = true);
  expect(pause).toBeInstanceOf(Function);
});

test('a text that is not there, or without what it is filled with, does not compile', () => {
  const say = ({ texts }: PluginHost) => {
    const t = texts({ title: 'Chapters', jump: 'Go to {title} at {time}' });
    t('title');
    t('jump', { title: 'Intro', time: 3 });
    // @ts-expect-error there is no such text
    t('end');
    // @ts-expect-error what stands in braces is filled in
    t('jump');
    // @ts-expect-error all of it
    t('jump', { title: 'Intro' });
    // @ts-expect-error nothing of this one is filled in
    t('title', { time: 3 });
  };
  expect(say).toBeInstanceOf(Function);
});
