import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { activity, ADA, BOB, HERE, InboxLab, ofVideo } from '../../testing/inbox-lab.js';

describe('an activity that comes again', () => {
  let lab: InboxLab;
  const follow = activity({ id: `${ADA}/follows/1`, type: 'Follow', object: `${HERE}/accounts/root` });

  beforeAll(async () => {
    lab = await InboxLab.open();
  });
  beforeEach(() => {
    lab.journal.entries.length = 0;
    lab.now += 60_000;
  });

  test('in the same request is taken and has no effect', async () => {
    const request = lab.request(follow);
    expect(await lab.gate.receive(request)).toMatchObject({ status: 202, effect: 'recorded' });
    expect(await lab.gate.receive(request)).toMatchObject({ status: 202, effect: 'known' });
    expect(lab.journal.entries).toHaveLength(1);
  });

  test('in another request has no effect', async () => {
    await lab.send(activity());
    lab.now += 1000;
    expect(await lab.outcome(activity())).toEqual([202, 'known']);
  });

  test('by another way has no effect, however it is written', async () => {
    const signed = await lab.signed(activity({ to: [ADA, BOB] }));
    await lab.send(signed, { by: ADA });
    const rewritten = { unknownTerm: 1, ...signed, to: [BOB, ADA, BOB] };
    expect(await lab.outcome(rewritten, { by: BOB })).toEqual([202, 'known']);
  });

  test('with another content under the same id is another one', async () => {
    expect(await lab.outcome(ofVideo('Update', {}, { views: 1 }))).toEqual([202, 'recorded']);
    expect(await lab.outcome(ofVideo('Update', {}, { views: 2 }))).toEqual([202, 'recorded']);
  });

  test('signed anew is another one: PeerTube likes again under the id of before', async () => {
    await lab.send(await lab.signed(activity()));
    lab.now += 1;
    expect(await lab.outcome(await lab.signed(activity()))).toEqual([202, 'recorded']);
  });

  test('as a Follow or its end, sent anew, is another one: it asks for an answer again', async () => {
    const undo = activity({ id: `${ADA}/undo/1`, type: 'Undo', object: `${ADA}/follows/1` });
    for (const fields of [follow, undo]) {
      await lab.send(fields);
      lab.now += 1000;
      expect(await lab.outcome(fields)).toEqual([202, 'recorded']);
    }
    const times = lab.journal.entries.map(({ issuedAt }) => issuedAt!.getTime());
    expect(times[1]! - times[0]!).toBe(1000);
  });

  test('is not issued later than it came, whatever its author’s clock says', async () => {
    await lab.send(await lab.signed(activity(), new Date(lab.now + 3600_000)));
    expect(lab.journal.entries[0]!.issuedAt).toEqual(new Date(lab.now));
  });
});
