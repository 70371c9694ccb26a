import { afterEach, expect, jest, test } from '@jest/globals';
import type { SlotProps, WebSlots } from '@vidiverse/hooks/web';
import { menuEntries } from './menu-entries';
import { ENGLISH } from './plugin-texts';

const component = { render: () => null };
const props = { video: { duration: 4 } } as SlotProps['player.menu'];
const keysWith = (slots: WebSlots) =>
  menuEntries([{ name: 'menu', displayName: 'Menu', slots, texts: ENGLISH }], props).map(({ key }) => key);

afterEach(() => void jest.restoreAllMocks());

test('one component is one entry, and a list has those that have a use', () => {
  expect(keysWith({})).toEqual([]);
  expect(keysWith({ 'player.menu': component })).toEqual(['menu 0']);
  const long = { component, isShown: ({ video }: typeof props) => video.duration > 60 };
  expect(keysWith({ 'player.menu': [{ component }, long, { component, isShown: () => true }] })).toEqual([
    'menu 0',
    'menu 2',
  ]);
});

test('an entry that throws is left out with a word in the console, and the others are there', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const clumsy = () => {
    throw new Error('clumsy');
  };
  expect(keysWith({ 'player.menu': [{ component, isShown: clumsy }, { component }] })).toEqual(['menu 1']);
  expect(warn.mock.calls).toEqual([[expect.stringContaining('Plugin menu'), expect.any(Error)]]);
});
