import type { Player } from './player';

/** One row feeds the key handler, the tooltips, `aria-keyshortcuts` and the sheet behind `?`. */
export interface Shortcut {
  /** `KeyboardEvent.key` values. */
  keys: string[];
  label: string;
  run(player: Player, key: string): void;
}

const SPEED_STEP = 0.25;
const VOLUME_STEP = 0.05;
const FRAME = 1 / 30;

export const SHORTCUTS: Shortcut[] = [
  { keys: [' ', 'k'], label: 'Play or pause', run: (player) => player.togglePlay() },
  { keys: ['j'], label: 'Back 10 seconds', run: (player) => player.seekBy(-10) },
  { keys: ['l'], label: 'Forward 10 seconds', run: (player) => player.seekBy(10) },
  { keys: ['ArrowLeft'], label: 'Back 5 seconds', run: (player) => player.seekBy(-5) },
  { keys: ['ArrowRight'], label: 'Forward 5 seconds', run: (player) => player.seekBy(5) },
  {
    keys: ['ArrowUp'],
    label: 'Louder',
    run: (player) => player.setVolume(player.state.volume + VOLUME_STEP),
  },
  {
    keys: ['ArrowDown'],
    label: 'Quieter',
    run: (player) => player.setVolume(player.state.volume - VOLUME_STEP),
  },
  { keys: ['m'], label: 'Mute', run: (player) => player.toggleMute() },
  { keys: ['f'], label: 'Full screen', run: (player) => player.request('fullscreen') },
  { keys: ['t'], label: 'Theatre mode', run: (player) => player.request('theatre') },
  { keys: ['i'], label: 'Picture in picture', run: (player) => void player.togglePictureInPicture() },
  {
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: 'To 0 to 90 %',
    run: (player, key) => player.seekToPart(Number(key) / 10),
  },
  { keys: ['Home'], label: 'To the start', run: (player) => player.seek(0) },
  { keys: ['End'], label: 'To the end', run: (player) => player.seekToPart(1) },
  { keys: ['<'], label: 'Slower', run: (player) => player.setSpeed(player.state.speed - SPEED_STEP) },
  { keys: ['>'], label: 'Faster', run: (player) => player.setSpeed(player.state.speed + SPEED_STEP) },
  { keys: [','], label: 'One frame back', run: (player) => player.step(-FRAME) },
  { keys: ['.'], label: 'One frame forward', run: (player) => player.step(FRAME) },
  { keys: ['?'], label: 'Show these keys', run: (player) => player.request('shortcuts') },
];

const TYPING = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]';
/** Keys that a focused control uses itself. */
const OF_CONTROLS: Record<string, string> = {
  ' ': 'button, a, summary, [role="slider"]',
  ArrowLeft: '[role="slider"]',
  ArrowRight: '[role="slider"]',
  ArrowUp: '[role="slider"]',
  ArrowDown: '[role="slider"]',
  Home: '[role="slider"]',
  End: '[role="slider"]',
};

/** Runs the shortcut of a key press anywhere on the page, unless somebody is typing. True when it was one. */
export function handleShortcut(event: KeyboardEvent, player: Player): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return false;
  const ofControl = OF_CONTROLS[event.key];
  if (ofControl && target?.closest(ofControl)) return false;
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(event.key));
  if (!shortcut) return false;
  event.preventDefault();
  shortcut.run(player, event.key);
  return true;
}
