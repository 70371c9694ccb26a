import { describe, expect, test } from '@jest/globals';
import * as library from '../index.js';
import { compileSnippets } from '../../testing/compile-snippets.js';

const hooks = Object.entries(library).flatMap(([constant, value]) =>
  library.isHook(value) ? [{ constant, hook: value }] : [],
);

/** Each place of issue 5 at which the product decides, and the kind of its hook. */
const PLACES = {
  uploadAccepted: 'guard',
  videoPublished: 'event',
  videoUpdated: 'event',
  videoDeleted: 'event',
  videoViewed: 'event',
  videoListAsked: 'filter',
  videoListAnswered: 'filter',
  videoSearchAsked: 'filter',
  videoSearchAnswered: 'filter',
  videoShown: 'filter',
  objectBuilt: 'filter',
  activityReceived: 'guard',
  deliveryDue: 'guard',
  followRequested: 'guard',
  followBackConsidered: 'guard',
  followAccepted: 'event',
  cacheOffered: 'guard',
  cacheCandidatesRanked: 'filter',
  cacheCandidateChosen: 'guard',
  seedListRanked: 'filter',
  trackerAnnounced: 'guard',
  commentReceived: 'guard',
  userRegistering: 'guard',
  userRegistered: 'event',
  loginAttempted: 'guard',
  downloadRequested: 'guard',
  torrentBuilt: 'filter',
  feedBuilt: 'filter',
  pageHeadBuilt: 'filter',
  transcodingProfileChosen: 'filter',
  jobFailed: 'event',
};

describe('the hooks of the application', () => {
  test('are those that plugins were promised, each of its kind', () => {
    expect(Object.fromEntries(hooks.map(({ constant, hook }) => [constant, hook.kind]))).toEqual(PLACES);
  });

  test('have names of their own', () => {
    expect(new Set(hooks.map(({ hook }) => hook.name)).size).toBe(hooks.length);
  });

  test('say what they are for', () => {
    for (const { hook } of hooks) expect(hook.description.trim()).toMatch(/^[A-Z].{30,}\.$/s);
  });

  const examples = compileSnippets(
    hooks.map(
      ({ constant, hook }) => `
import { ${constant}, hold, refuse, type HandlerOf } from '../src/index.js';
export const answers = [hold, refuse];
export const handler: HandlerOf<typeof ${constant}> = ${hook.example};
`,
    ),
  );
  test.each(hooks.map(({ constant }, index): [string, number] => [constant, index]))(
    'the example of %s compiles',
    (_, index) => {
      expect(examples[index]).toEqual([]);
    },
  );
});
