import { z } from 'zod';
import { booleanParam } from '../../shared/validation.js';

const flag = booleanParam.optional();

/**
 * What of PeerTube's `config/custom` can be changed here. Its tools send the whole object back: sections that nothing here
 * acts on are taken and left out, and what is missing stays as it is.
 */
export const customConfigUpdate = z.object({
  followers: z
    .object({
      instance: z
        .object({
          enabled: flag.describe('false rejects all followers of the instance.'),
          manualApproval: flag.describe('They wait for an administrator.'),
        })
        .optional(),
      channels: z
        .object({ enabled: flag.describe('false rejects all followers of channels and accounts.') })
        .optional(),
    })
    .optional(),
  followings: z
    .object({
      instance: z
        .object({
          autoFollowBack: z
            .object({ enabled: flag.describe('Follow back instances that follow this one.') })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});
export type CustomConfigUpdate = z.output<typeof customConfigUpdate>;

const enabled = z.object({ enabled: z.boolean() });

export const customConfigSchema = z
  .object({
    followers: z.object({
      instance: enabled.extend({ manualApproval: z.boolean() }),
      channels: enabled,
    }),
    followings: z.object({
      instance: z.object({
        autoFollowBack: enabled,
        autoFollowIndex: enabled
          .extend({ indexUrl: z.string() })
          .describe('Not here: always off. Nobody is followed because a list says so.'),
      }),
    }),
  })
  .meta({ id: 'CustomConfig' });
export type CustomConfigView = z.output<typeof customConfigSchema>;
