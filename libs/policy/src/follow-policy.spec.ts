import { beforeEach, describe, expect, test } from '@jest/globals';
import { MemoryFollowFacts } from '../testing/index.js';
import { FollowPolicy } from './follow-policy.js';
import type { FollowRequest } from './follow-request.js';
import { allow, hold } from './verdict.js';

const OURS = 'https://ours.example/accounts/peertube';
let facts: MemoryFollowFacts;
let policy: FollowPolicy;

beforeEach(() => {
  facts = new MemoryFollowFacts();
  policy = new FollowPolicy(facts);
});

/** Another instance that asks to follow ours. */
const instance = (changes: Partial<FollowRequest['follower']> = {}): FollowRequest => ({
  follower: {
    url: 'https://other.example/accounts/peertube',
    host: 'other.example',
    type: 'Application',
    username: 'peertube',
    ...changes,
  },
  target: { url: OURS, kind: 'instance' },
  receivedAt: new Date('2026-01-01'),
});
const ofChannel = (): FollowRequest => ({
  ...instance({ type: 'Person' }),
  target: { url: 'https://ours.example/video-channels/news', kind: 'channel' },
});

describe('a follow', () => {
  test('is accepted when nothing speaks against it', async () => {
    expect(await policy.reviewFollow(instance())).toMatchObject({ decision: 'allow', rule: 'default' });
  });

  test('is refused while all followers are rejected, whatever else is set', async () => {
    Object.assign(facts.current, { followersEnabled: false, manualApproval: true });
    expect(await policy.reviewFollow(instance())).toMatchObject({
      decision: 'refuse',
      rule: 'reject-all-followers',
    });
    expect((await policy.reviewFollow(ofChannel())).decision).toBe('allow');
  });

  test('is refused for a blocked host with the block’s own reason', async () => {
    facts.blocks.set('other.example', 'Spam since May.');
    expect(await policy.reviewFollow(instance())).toEqual({
      decision: 'refuse',
      reason: 'Spam since May.',
      rule: 'blocked-by-moderation',
    });
  });

  test('is refused again when an administrator refused it before', async () => {
    facts.refuse(instance().follower.url, OURS);
    expect(await policy.reviewFollow(instance())).toMatchObject({
      decision: 'refuse',
      rule: 'refused-before',
    });
  });

  test('waits for an administrator when that is wanted, but not to follow a channel', async () => {
    facts.current.manualApproval = true;
    expect(await policy.reviewFollow(instance())).toMatchObject({
      decision: 'hold',
      rule: 'manual-approval',
    });
    expect((await policy.reviewFollow(ofChannel())).decision).toBe('allow');
  });

  test('is accepted from a host on the follow-back blacklist: that list does nothing else', async () => {
    facts.blacklist.add('other.example');
    expect((await policy.reviewFollow(instance())).decision).toBe('allow');
  });

  test('is held by a guard, also by one that breaks, and never let in by one', async () => {
    const guarded = (review: () => ReturnType<typeof hold> | ReturnType<typeof allow>) =>
      new FollowPolicy(facts, { follow: [{ name: 'guard', review }], followBack: [] });
    expect(await guarded(() => hold('quiet hours')).reviewFollow(instance())).toEqual({
      decision: 'hold',
      reason: 'quiet hours',
      rule: 'guard',
    });
    const broken = guarded(() => {
      throw new Error('no connection');
    });
    expect(await broken.reviewFollow(instance())).toMatchObject({ decision: 'hold', rule: 'guard' });
    facts.current.manualApproval = true;
    expect((await guarded(() => allow('friends')).reviewFollow(instance())).decision).toBe('hold');
  });

  test('is held when a fact cannot be found out', async () => {
    facts.blockOf = () => Promise.reject(new Error('the database is away'));
    expect(await policy.reviewFollow(instance())).toMatchObject({
      decision: 'hold',
      rule: 'blocked-by-moderation',
    });
  });
});

describe('following back', () => {
  beforeEach(() => void (facts.current.followBack = true));

  test('happens for an instance', async () => {
    expect((await policy.reviewFollowBack(instance())).decision).toBe('allow');
  });

  test.each<[string, () => void, FollowRequest]>([
    ['follow-back-off', () => void (facts.current.followBack = false), instance()],
    ['only-instances', () => undefined, instance({ type: 'Person' })],
    ['only-instances', () => undefined, { ...ofChannel(), follower: instance().follower }],
    ['follow-back-blacklist', () => void facts.blacklist.add('other.example'), instance()],
    ['blocked-by-moderation', () => void facts.blocks.set('other.example', 'Spam.'), instance()],
    ['already-followed', () => void facts.followed.add(instance().follower.url), instance()],
  ])('does not happen by the rule %s', async (rule, setUp, request) => {
    setUp();
    expect(await policy.reviewFollowBack(request)).toMatchObject({ decision: 'refuse', rule });
  });
});

describe('a dry run', () => {
  test('says both verdicts and changes no facts', async () => {
    facts.current.followBack = true;
    const before = JSON.stringify(facts);
    expect(await policy.dryRun(instance())).toMatchObject({
      follow: { decision: 'allow' },
      followBack: { decision: 'allow' },
    });
    expect(JSON.stringify(facts)).toBe(before);
  });

  test('follows nobody back whose own follow waits', async () => {
    Object.assign(facts.current, { followBack: true, manualApproval: true });
    expect(await policy.dryRun(instance())).toMatchObject({
      follow: { decision: 'hold' },
      followBack: { decision: 'refuse', rule: 'not-accepted' },
    });
  });
});
