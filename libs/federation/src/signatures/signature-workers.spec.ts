import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { performance } from 'node:perf_hooks';
import { TestActor } from '../../testing/test-actor.js';
import { DocumentRefusedError, SignatureError } from '../federation.errors.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import { SignatureWorkers } from './signature-workers.js';
import { verifyDocument } from './verify-document.js';

const NOTE = 'https://peer.example/notes/1';

describe('signature threads', () => {
  let alice: TestActor;
  let workers: SignatureWorkers;

  beforeAll(async () => {
    alice = await TestActor.create();
  });
  afterEach(() => workers.close());

  const start = (options = {}) => (workers = new SignatureWorkers({ threads: 1, ...options }));
  const note = (content: string): JsonObject =>
    alice.activity({ object: { id: NOTE, type: 'Note', attributedTo: alice.id, content } });
  const signer = () => ({ creator: alice.id, privateKeyPem: alice.keys.privateKeyPem });
  /** Legal, and slow: as many nodes without an id as the limits allow. */
  const slow = (): JsonObject =>
    alice.activity({ tag: Array.from({ length: 1_900 }, (_, index) => ({ name: `tag ${index}` })) });

  /** Far beyond the limits of `readJson`. */
  const manyUrls = (count: number) =>
    Array.from({ length: count }, (_, index) => `https://peer.example/${index}`);

  it('sign, verify and compact as the functions do', async () => {
    start();
    const signed = await workers.sign(note('Hello'), {
      ...signer(),
      created: new Date('2026-01-02T03:04:05Z'),
    });
    expect(signed).toEqual(await alice.sign(note('Hello'), new Date('2026-01-02T03:04:05Z')));
    const verified = await workers.verify(signed, alice.findKey);
    expect(verified).toEqual(await verifyDocument(signed, alice.findKey));
    expect(await workers.compact(note('Hello'))).toEqual(verified.activity);
  });

  it('answer many at once, each its own', async () => {
    start({ threads: 2 });
    const contents = Array.from({ length: 200 }, (_, index) => `note ${index}`);
    const signed = await Promise.all(contents.map((content) => workers.sign(note(content), signer())));
    const read = await Promise.all(signed.map((document) => workers.verify(document, alice.findKey)));
    expect(read.map(({ activity }) => JSON.stringify(activity))).toEqual(
      contents.map((content) => expect.stringContaining(`"${content}"`)),
    );
  });

  it('refuse with the same classes and codes', async () => {
    start();
    const signed = await workers.sign(note('Hello'), signer());
    const altered = workers.verify({ ...signed, summary: 'Evil' }, alice.findKey);
    await expect(altered).rejects.toThrow(SignatureError);
    await expect(altered).rejects.toMatchObject({ code: 'bad_signature', status: 401 });
    const unknown = workers.verify({ ...signed, '@context': 'https://evil.example/' }, alice.findKey);
    await expect(unknown).rejects.toThrow(DocumentRefusedError);
    await expect(unknown).rejects.toMatchObject({ code: 'unknown_context', status: 400 });
    await expect(workers.verify(signed, async () => null)).rejects.toMatchObject({ code: 'unknown_key' });
    await expect(workers.sign(alice.activity({ undefinedTerm: 1 }), signer())).rejects.toThrow(
      'undefinedTerm',
    );
  });

  it('replace one that works too long on a document, and go on with the others', async () => {
    start({ timeLimit: 5_000 });
    const signed = await workers.sign(note('Hello'), signer());
    const endless = workers.verify({ ...signed, cc: manyUrls(300_000) }, alice.findKey);
    const after = workers.verify(signed, alice.findKey);
    await expect(endless).rejects.toMatchObject({ code: 'took_too_long', status: 503 });
    await expect(after).resolves.toMatchObject({ owner: alice.id });
  });

  it('take no more than may wait', async () => {
    start({ maxWaiting: 2 });
    const asked = Array.from({ length: 5 }, () => workers.compact(note('Hello')));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { code: 'queue_full', status: 503 } });
    await expect(workers.compact(note('Hello'))).resolves.toBeDefined();
  });

  it('fail what is not finished when they are closed, and all that comes later', async () => {
    start();
    const asked = [workers.compact(note('1')), workers.compact(note('2'))];
    const closed = workers.close();
    for (const promise of asked) await expect(promise).rejects.toMatchObject({ code: 'closed', status: 503 });
    await closed;
    await expect(workers.compact(note('3'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('leave the main thread free while they work', async () => {
    start();
    const document = await workers.sign(slow(), signer());
    const before = performance.eventLoopUtilization();
    await workers.verify(document, alice.findKey);
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });
});
