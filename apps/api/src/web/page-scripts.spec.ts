import { expect, test } from '@jest/globals';
import { preloadLinks } from './page-scripts.js';

test('a page names each script and style that it needs once, also those its imports need', () => {
  const manifest = {
    page: { file: 'page.js', css: ['page.css'], imports: ['shared', 'button'] },
    shared: { file: 'shared.js', imports: ['button'] },
    button: { file: 'button.js', css: ['button.css', 'page.css'], imports: ['page'] },
  };
  const named = preloadLinks(manifest, 'page').map((link) => /href="\/([^"]+)"/.exec(link)?.[1]);
  expect(named).toEqual(['page.js', 'shared.js', 'button.js', 'page.css', 'button.css']);
});

test('a page that the build does not know needs nothing', () => {
  expect(preloadLinks({}, 'page')).toEqual([]);
});
