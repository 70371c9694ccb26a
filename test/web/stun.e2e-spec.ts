import { afterAll, beforeAll, expect } from '@jest/globals';
import { testInChromium } from '../support/chromium.js';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';
import { QUICK_PUBLISHING } from '../support/videos.js';
import { newViewer, publishClip } from '../support/watching.js';

const MINUTE = 240_000;
const STUN = 'stun:127.0.0.1:3479';

let instance: TestInstance;
let clip = '';
beforeAll(async () => {
  const environment = { ...QUICK_PUBLISHING, VIDIVERSE_WEBRTC_STUN_SERVERS: STUN };
  instance = await createInstance({ environment });
  clip = await publishClip(instance, 10);
}, 2 * MINUTE);
afterAll(() => instance.close());

testInChromium(
  'the player asks the STUN servers of the configuration, and no other',
  async () => {
    const config = await (await administratorOf(instance)).call('GET', '/api/v1/config');
    expect(config).toMatchObject({ webrtc: { stunServers: [STUN] } });
    const viewer = await newViewer(instance.address, clip, {
      setUp: async ({ page }) =>
        void (await page.addInitScript(() => {
          const seen: unknown[] = [];
          const Original = window.RTCPeerConnection;
          class Watched extends Original {
            constructor(configuration?: RTCConfiguration) {
              super(configuration);
              seen.push(configuration?.iceServers);
            }
          }
          Object.assign(window, { RTCPeerConnection: Watched, __iceServers: seen });
        })),
    });
    try {
      await viewer.play();
      const seen = await until(async () => {
        const all = await viewer.page.evaluate(
          () => (window as unknown as { __iceServers: unknown[] }).__iceServers,
        );
        return all.length > 0 ? all : null;
      }, 'a connection is offered');
      for (const servers of seen) expect(servers).toEqual([{ urls: STUN }]);
    } finally {
      await viewer.close();
    }
  },
  2 * MINUTE,
);
