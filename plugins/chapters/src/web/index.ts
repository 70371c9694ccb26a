import { defineWeb } from '/client/host.js';
import { ChapterList } from './chapter-list.js';
import { menuEntries } from './menu-entries.js';

export default defineWeb({
  styles: ['../../public/chapters.css'],
  slots: { 'player.below': ChapterList, 'player.menu': menuEntries },
});
