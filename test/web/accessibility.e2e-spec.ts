import { afterAll, beforeAll, expect } from '@jest/globals';
import { violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishClip } from '../support/watching.js';

const MINUTE = 240_000;
const PHONE = { width: 360, height: 780 };
const DESK = { width: 1280, height: 900 };
let instance: TestInstance;
let clip = '';

beforeAll(async () => {
  instance = await createInstance({
    environment: { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none', VIDIVERSE_PLUGINS_LIST: 'chapters,webhooks' },
  });
  clip = await publishClip(instance, 2);
}, 2 * MINUTE);
afterAll(async () => instance.close());

for (const [theme, size] of [
  ['light', DESK],
  ['dark', DESK],
  ['light', PHONE],
  ['dark', PHONE],
] as const) {
  testInChromium(
    `no page breaks the rules of accessibility, ${theme} and ${size.width} pixels wide`,
    async () => {
      const visitor = await newVisitor(instance.address, size);
      await visitor.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const check = (paths: string[]) => violationsAt(visitor, instance.address, paths);
      try {
        const broken = await check([
          '/',
          `/w/${clip}`,
          '/login',
          '/search?search=clip',
          '/search?search=@nobody@nowhere.invalid',
          '/c/root_channel',
          '/a/root',
          '/nowhere',
        ]);
        await visitor.logIn();
        broken.push(
          ...(await check([
            '/upload',
            '/my-library/videos',
            `/videos/update/${clip}`,
            `/w/${clip}`,
            '/admin/following',
            '/admin/followers',
            '/admin/follow-policy',
            '/admin/deliveries',
            '/admin/deliveries/nowhere.invalid',
            '/admin/cache-policy',
            '/admin/cached-files',
            '/admin/seeds',
            '/admin/plugins',
            '/admin/plugins/chapters',
            '/admin/plugins/webhooks',
            '/admin/blocked',
            '/admin/reports',
          ])),
        );
        expect(broken).toEqual([]);
      } finally {
        await visitor.close();
      }
    },
    3 * MINUTE,
  );
}
