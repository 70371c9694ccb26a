import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { applied, refused } from './activity-handlers.js';
import { ADA, openReceivingLab, type ReceivingLab, type Told } from './testing/receiving-lab.js';

const FOLLOW = `${ADA}/follows/1`;
const VIDEO = 'https://peer.example/videos/watch/1';
const at = (second: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, second));
const LATE = ['refused', expect.stringMatching(/^Too late: /)];

/** Follows and videos, as features keep them: each handler does what it is told. */
describe('activities in any order', () => {
  let lab: ReceivingLab;
  const there = new Set<string>();

  beforeAll(async () => {
    lab = await openReceivingLab();
    const handlers = lab.newHandlers();
    const appear = async ({ object }: { object: string }) => {
      there.add(object);
      return applied();
    };
    const vanish = async ({ object }: { object: string }) =>
      there.delete(object) ? applied() : refused('Nothing to end.');
    handlers.on('Follow', { handle: async ({ id }) => appear({ object: id }) });
    handlers.on('Announce', { handle: appear });
    handlers.on('Create', { handle: appear });
    handlers.on('Update', { handle: appear });
    handlers.on('Undo', { handle: vanish });
    handlers.on('Delete', { handle: vanish });
  });
  beforeEach(async () => {
    await lab.empty();
    there.clear();
  });
  afterAll(() => lab.close());

  const follow = (second: number | null): Told => ({
    type: 'Follow',
    id: FOLLOW,
    issuedAt: second === null ? null : at(second),
  });
  const undo = (second: number): Told => ({ type: 'Undo', object: FOLLOW, issuedAt: at(second) });
  const of = (type: string, second: number | null): Told => ({
    type,
    object: VIDEO,
    issuedAt: second === null ? null : at(second),
  });

  test('an Undo before its Follow leaves no follow', async () => {
    expect(await lab.tell(undo(2))).toEqual(['refused', 'Nothing to end.']);
    expect(await lab.tell(follow(1))).toEqual(LATE);
    expect(there).toEqual(new Set());
  });

  test('a Follow under the id of one that was undone is a new one', async () => {
    for (const told of [follow(1), undo(2), follow(3)]) await lab.tell(told);
    expect(there).toEqual(new Set([FOLLOW]));
    expect(await lab.tell(undo(4))).toEqual(['applied', null]);
  });

  test('a Follow that comes again after its end stays undone', async () => {
    for (const told of [follow(1), undo(2)]) await lab.tell(told);
    expect(await lab.tell(follow(1))).toEqual(LATE);
  });

  test.each(['Create', 'Update', 'Announce'])('a Delete before its %s leaves nothing', async (type) => {
    await lab.tell(of('Delete', 2));
    expect(await lab.tell(of(type, 1))).toEqual(LATE);
    expect(there).toEqual(new Set());
  });

  test('a video that was made private may be public again', async () => {
    for (const told of [of('Create', 1), of('Delete', 2), of('Create', 3)]) await lab.tell(told);
    expect(there).toEqual(new Set([VIDEO]));
  });

  test('what does not say when it was issued has no effect after the end', async () => {
    await lab.tell(of('Delete', null));
    expect(await lab.tell(of('Create', null))).toEqual(LATE);
  });
});
