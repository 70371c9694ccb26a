import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTrackerSuite, from, type TrackerSuite } from './support/tracker-suite.js';

describe('behind no proxy, the tracker', () => {
  let tracker: TrackerSuite;
  beforeAll(async () => {
    tracker = await createTrackerSuite({ VIDIVERSE_TRACKER_MAX_SOCKETS_PER_ADDRESS: '3' });
  });
  afterAll(() => tracker.close());

  test('believes no X-Forwarded-For: peers are told the address of the socket', async () => {
    await tracker.announce(7001, from('203.0.113.1'));
    const answer = await tracker.announce(7002, from('203.0.113.2'));
    expect(answer).toContain('127.0.0.1');
    expect(answer).not.toContain('203.0.113');
  });

  test('believes none for its limits either: three addresses of one’s own invention are one', async () => {
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) await tracker.open(from(address));
    await expect(tracker.open(from('203.0.113.4'))).rejects.toThrow('answered 429');
  });
});

describe('behind a trusted proxy, the tracker', () => {
  let tracker: TrackerSuite;
  beforeAll(async () => {
    tracker = await createTrackerSuite({
      VIDIVERSE_TRUSTED_PROXIES: '127.0.0.1',
      VIDIVERSE_TRACKER_MAX_SOCKETS_PER_ADDRESS: '1',
    });
  });
  afterAll(() => tracker.close());

  test('believes it, and of a list only what the proxy itself has added', async () => {
    await tracker.announce(7001, from('198.51.100.66, 203.0.113.1'));
    const answer = await tracker.announce(7002, from('203.0.113.2'));
    expect(answer).toContain('203.0.113.1');
    expect(answer).not.toContain('198.51.100.66');
  });

  test('counts sockets by it', async () => {
    await tracker.open(from('203.0.113.1'));
    await expect(tracker.open(from('203.0.113.1'))).rejects.toThrow('answered 429');
    await expect(tracker.open(from('198.51.100.66, 203.0.113.1'))).rejects.toThrow('answered 429');
    await expect(tracker.open(from('203.0.113.2'))).resolves.toBeDefined();
  });
});

describe('an instance without the role', () => {
  test('is no tracker', async () => {
    const tracker = await createTrackerSuite({ VIDIVERSE_ROLES: 'web,worker' });
    try {
      await expect(tracker.open()).rejects.toThrow('answered 404');
      expect(await tracker.announce(7001)).toContain('not_found');
    } finally {
      await tracker.close();
    }
  });
});
