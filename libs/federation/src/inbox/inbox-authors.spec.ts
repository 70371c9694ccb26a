import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { activity, ADA, BOB, type Fields, HERE, InboxLab, ofVideo } from '../../testing/inbox-lab.js';

const DAY = 24 * 3600_000;
const CARL = 'https://other.example/accounts/carl';

describe('who wrote an activity', () => {
  let lab: InboxLab;

  beforeAll(async () => {
    lab = await InboxLab.open({ maxRefusals: 1000 });
    await lab.giveKey(CARL);
  });
  beforeEach(() => {
    lab.journal.entries.length = 0;
    lab.blocks.hosts.clear();
    lab.blocks.actors.clear();
  });
  const handedOn = async (fields: Fields, created?: Date) =>
    lab.outcome(await lab.signed(fields, created), { by: BOB });

  test('is proven by a signature of its own, whoever brings it', async () => {
    expect(await handedOn(activity())).toEqual([202, 'recorded']);
    expect(lab.journal.entries).toMatchObject([{ actorUrl: ADA, issuedAt: new Date(lab.now) }]);
  });

  test('may be told to others as it came, and only then', async () => {
    const signed = await lab.signed(activity());
    await lab.send(signed, { by: BOB });
    await lab.send(activity({ id: `${ADA}/likes/2` }));
    expect(lab.journal.entries.map(({ signedBody }) => signedBody)).toEqual([JSON.stringify(signed), null]);
  });

  test('is somebody else than a signature says: refused, also when the request is right', async () => {
    const forged = await lab.signed(activity(), undefined, BOB);
    expect(await lab.outcome(forged, { by: BOB })).toEqual([401, 'creator_is_not_actor']);
    expect(await lab.outcome(forged, { by: ADA })).toEqual([401, 'creator_is_not_actor']);
    expect(lab.journal.entries).toEqual([]);
  });

  test('a wrong signature is refused, also when the request is right', async () => {
    const signed = { ...(await lab.signed(activity())), object: `${HERE}/videos/watch/2` };
    expect(await lab.outcome(signed, { by: ADA })).toEqual([401, 'bad_signature']);
    expect(await lab.outcome({ ...activity(), signature: 'none' })).toEqual([401, 'malformed_signature']);
    expect(lab.journal.entries).toEqual([]);
  });

  test('parts that nobody signed are not read', async () => {
    const signed = { ...(await lab.signed(activity())), unknownTerm: 'evil' };
    await lab.send(signed, { by: BOB });
    expect(JSON.stringify(lab.journal.entries[0]!.document)).not.toContain('evil');
  });

  describe('under a context that is not known here', () => {
    const LEMMY = ['https://join-lemmy.org/context.json', 'https://www.w3.org/ns/activitystreams'];

    test('is proven by the request of its actor, and by nothing else', async () => {
      expect(await lab.outcome(activity({ '@context': LEMMY }))).toEqual([202, 'recorded']);
      expect(lab.journal.entries).toMatchObject([{ actorUrl: ADA, type: 'Like', signedBody: null }]);
      const other = activity({ '@context': LEMMY, id: `${ADA}/likes/2` });
      expect(await lab.outcome(other, { by: BOB })).toEqual([401, 'not_the_actor']);
    });

    test('is not proven by a signature of its own, right or wrong', async () => {
      for (const fields of [
        activity(),
        activity({ object: { id: `${HERE}/videos/watch/1`, '@context': LEMMY } }),
      ]) {
        const signed = await lab.signed(activity());
        const document = { ...fields, '@context': LEMMY, signature: signed.signature! };
        expect(await lab.outcome(document, { by: BOB })).toEqual([401, 'unknown_context']);
        expect(lab.journal.entries).toEqual([]);
      }
      expect(lab.keys.asked).not.toContain('https://join-lemmy.org');
    });

    test('with such a signature, is still proven by the request of its actor, but not told to others', async () => {
      const { signature } = await lab.signed(activity());
      const document = { ...activity({ '@context': LEMMY }), signature: signature! };
      expect(await lab.outcome(document)).toEqual([202, 'recorded']);
      expect(lab.journal.entries).toMatchObject([{ actorUrl: ADA, signedBody: null }]);
      const strict = lab.reopen({ requireLinkedDataSignatures: true });
      expect(await strict.outcome(document)).toEqual([401, 'signature_required']);
    });
  });

  test('where signatures are required, a request without one is refused', async () => {
    const strict = lab.reopen({ requireLinkedDataSignatures: true });
    expect(await strict.outcome(activity())).toEqual([401, 'signature_required']);
    expect(await strict.outcome(await strict.signed(activity()))).toEqual([202, 'recorded']);
  });

  test('an old activity is not taken from others, since its signature never ends', async () => {
    expect(await handedOn(activity(), new Date(lab.now - 10 * DAY))).toEqual([202, 'recorded']);
    expect(await handedOn(activity(), new Date(lab.now - 10 * DAY - 1))).toEqual([401, 'too_old']);
    expect(await handedOn(activity(), new Date(lab.now + DAY))).toEqual([401, 'too_old']);
    const late = await lab.signed(activity(), new Date(lab.now - 20 * DAY));
    expect(await lab.outcome(late, { by: ADA })).toEqual([202, 'recorded']);
  });

  test('a blocked author has no effect, and whoever hands it on is not told', async () => {
    lab.blocks.hosts.add('peer.example');
    expect(await handedOn(activity())).toEqual([202, 'ignored']);
    lab.blocks.hosts.clear();
    lab.blocks.actors.add(ADA);
    expect(await handedOn(activity())).toEqual([202, 'ignored']);
    expect(lab.journal.entries).toEqual([]);
  });

  test('an author that was deleted has no effect any more, whoever hands it on, and nobody is asked', async () => {
    const signed = await lab.signed(activity());
    const farewell = await lab.signed(activity({ id: `${ADA}#delete`, type: 'Delete', object: ADA }));
    const late = lab.reopen();
    late.keys.stored.set(ADA, 'gone');
    await late.send(activity({ actor: BOB, id: `${BOB}/likes/1` }));
    late.journal.entries.length = 0;
    late.keys.asked.length = 0;
    expect(await late.outcome(signed, { by: BOB })).toEqual([401, 'unknown_key']);
    expect(await late.outcome(signed)).toEqual([401, 'unknown_key']);
    expect(await late.outcome(farewell, { by: BOB })).toEqual([202, 'ignored']);
    expect([late.journal.entries, late.keys.asked]).toEqual([[], []]);
  });

  test('what this instance wrote itself may come back and has no effect', async () => {
    const own = `${HERE}/accounts/root`;
    const publicKeyPem = await lab.giveKey(own);
    lab.keys.stored.set(own, { owner: own, publicKeyPem });
    expect(await handedOn(activity({ actor: own }))).toEqual([202, 'ignored']);
    const forged = activity({ actor: `${HERE}/accounts/nobody`, id: `${HERE}/likes/1` });
    expect(await lab.outcome(await lab.signed(forged, undefined, BOB), { by: BOB })).toEqual([
      401,
      'creator_is_not_actor',
    ]);
    expect(lab.journal.entries).toEqual([]);
  });

  const foreign = 'https://other.example/videos/watch/1';
  test.each<[string, Fields, string]>([
    ['an id on another server', activity({ id: 'https://other.example/likes/1' }), 'foreign_id'],
    ['an id on this instance', activity({ id: `${HERE}/likes/1` }), 'foreign_id'],
    ['an id by another scheme', activity({ id: 'http://peer.example/likes/1' }), 'foreign_id'],
    ['the creation of what is elsewhere', ofVideo('Create', {}, { id: foreign }), 'foreign_object'],
    ['a change of what is elsewhere', ofVideo('Update', {}, { id: foreign }), 'foreign_object'],
    ['a change of what is here', ofVideo('Update', {}, { id: `${HERE}/videos/watch/1` }), 'foreign_object'],
    ['the deletion of what is elsewhere', ofVideo('Delete', { object: foreign }), 'foreign_object'],
    [
      'the end of what is elsewhere',
      ofVideo('Undo', { object: 'https://other.example/follows/1' }),
      'foreign_object',
    ],
  ])('%s is not the author’s to tell', async (_, fields, code) => {
    expect(await lab.outcome(fields)).toEqual([403, code]);
    expect(await handedOn(fields)).toEqual([403, code]);
    expect(lab.journal.entries).toEqual([]);
  });

  test('nobody undoes what another did on the same server', async () => {
    const follow = { id: `${BOB}/follows/1`, type: 'Follow', actor: BOB, object: `${HERE}/accounts/root` };
    const undo = activity({ id: `${CARL}/undo/1`, type: 'Undo', actor: CARL, object: follow });
    expect(await lab.outcome(undo)).toEqual([403, 'foreign_object']);
  });

  test('the owner of a video may delete a comment that came from elsewhere, as PeerTube tells it', async () => {
    const comment = 'https://other.example/comments/1';
    const fields = activity({ id: `${comment}/delete`, type: 'Delete', object: comment });
    expect(await lab.outcome(fields)).toEqual([202, 'recorded']);
  });

  test.each(['Create', 'Update', 'Delete', 'Undo'])('%s of nothing is refused', async (type) => {
    const { object: _, ...fields } = ofVideo(type);
    expect(await lab.outcome(fields)).toEqual([400, 'malformed_activity']);
  });
});
