import { z } from 'zod';
import { seconds, count, flag } from './values.js';

// What people and instances may do here.

export const interaction = z
  .strictObject({
    commentLength: count.default(10_000).describe('Characters of a comment, at most.'),
    threadDepth: count.default(100).describe('Answers to answers, at most; deeper ones are refused.'),
    window: seconds.default(60).describe('Seconds over which what one user does is counted.'),
    commentsPerWindow: count.default(10).describe('Comments of one user within `window`, at most.'),
    ratesPerWindow: count.default(30).describe('Likes and dislikes of one user within `window`, at most.'),
    reportsPerWindow: count.default(10).describe('Reports of one user within `window`, at most.'),
  })
  .prefault({});

export const followers = z
  .strictObject({
    instance: z
      .strictObject({
        enabled: flag.default(true).describe('false rejects all followers of the instance.'),
        manualApproval: flag.default(false).describe('They wait for an administrator.'),
      })
      .prefault({}),
    channels: z
      .strictObject({
        enabled: flag.default(true).describe('false rejects all followers of channels and accounts.'),
      })
      .prefault({}),
  })
  .prefault({})
  .describe('Until an administrator changes it on the pages or by the API.');

export const followings = z
  .strictObject({
    instance: z
      .strictObject({
        autoFollowBack: z
          .strictObject({
            enabled: flag.default(false).describe('Follow back instances that follow this one.'),
          })
          .prefault({}),
      })
      .prefault({}),
  })
  .prefault({})
  .describe('Until an administrator changes it on the pages or by the API.');
