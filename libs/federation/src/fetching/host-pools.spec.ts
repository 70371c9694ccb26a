import { describe, expect, it } from '@jest/globals';
import { document, startPeer } from '../../testing/local-peer.js';
import { failure, until, useRemoteLab } from '../../testing/remote-lab.js';

const lab = useRemoteLab();

describe('connections', () => {
  it('are kept, and at most four to a host', async () => {
    const waiting: Array<() => void> = [];
    const site = await lab.peer({
      '/wait': (request, response) => void waiting.push(() => document({})(request, response)),
    });
    const asker = lab.client();
    const all = Array.from({ length: 12 }, () => asker.getDocument(`${site.origin}/wait`));
    for (let answered = 0; answered < 12; answered++) {
      await until(() => waiting.length > 0);
      expect(waiting.length).toBeLessThanOrEqual(4);
      waiting.shift()!();
    }
    await Promise.all(all);
    expect(site.connections()).toBeLessThanOrEqual(4);
  });

  it('are refused for now when too many requests wait, and only idle hosts make room for others', async () => {
    let answer: () => void = () => undefined;
    const slow = await lab.peer({
      '/wait': (request, response) => void (answer = () => document({})(request, response)),
    });
    const [first, second] = [await lab.peer({ '/a': document({}) }), await lab.peer({ '/a': document({}) })];
    const asker = lab.client({ hosts: 2, requestsPerHost: 1 });
    const waiting = asker.getDocument(`${slow.origin}/wait`);
    await until(() => slow.requests.length === 1);
    const busy = { code: 'busy', retryable: true };
    expect(await failure(asker.getDocument(`${slow.origin}/x`))).toMatchObject(busy);
    await asker.getDocument(`${first.origin}/a`);
    await asker.getDocument(`${second.origin}/a`);
    answer();
    expect((await waiting).json).toEqual({});
  });

  it('are refused for now when too many hosts are asked', async () => {
    const [slow, other] = [await lab.peer({ '/never': () => undefined }), await lab.peer()];
    const asker = lab.client({ hosts: 1 });
    const waiting = failure(asker.getDocument(`${slow.origin}/never`));
    await until(() => slow.requests.length === 1);
    expect(await failure(asker.getDocument(`${other.origin}/a`))).toMatchObject({
      code: 'busy',
      retryable: true,
    });
    await asker.close();
    await waiting;
  });

  it('are not made again for a while to a host that does not answer, except to deliver', async () => {
    const gone = await startPeer();
    await gone.close();
    const asker = lab.client({ silentFor: 60_000 });
    expect(await failure(asker.getDocument(`${gone.origin}/a`))).toMatchObject({ code: 'unreachable' });
    const again = await failure(asker.getDocument(`${gone.origin}/b`));
    expect(again).toMatchObject({ code: 'host_silent', retryable: true });
    expect(again.retryAfter).toBeGreaterThan(0);
    expect(await failure(asker.post(`${gone.origin}/inbox`, '{}', {}))).toMatchObject({
      code: 'unreachable',
    });
  });

  it('are made again when the while has passed', async () => {
    const gone = await startPeer();
    await gone.close();
    const asker = lab.client({ silentFor: 50 });
    expect((await failure(asker.getDocument(`${gone.origin}/a`))).code).toBe('unreachable');
    await until(async () => (await failure(asker.getDocument(`${gone.origin}/a`))).code === 'unreachable');
  });

  it('are cut when the client is closed', async () => {
    const site = await lab.peer({ '/never': () => undefined });
    const asker = lab.client();
    const asked = failure(asker.getDocument(`${site.origin}/never`));
    await until(() => site.requests.length === 1);
    await asker.close();
    expect(await asked).toMatchObject({ code: 'aborted', retryable: true });
  });
});
