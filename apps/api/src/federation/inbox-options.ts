import { DEFAULT_DOCUMENT_LIMITS, DEFAULT_INBOX_OPTIONS, type InboxOptions } from '@vidiverse/federation';
import type { Config } from '../config/config.js';

/** What the configuration says of the inbox, as the library reads it. */
export function inboxOptions({ url, federation }: Config): InboxOptions {
  const { inbox, requireLinkedDataSignatures } = federation;
  return {
    ...DEFAULT_INBOX_OPTIONS,
    instanceUrl: url,
    requireLinkedDataSignatures,
    document: { ...DEFAULT_DOCUMENT_LIMITS, maxBytes: inbox.maxBody },
    maxActivities: inbox.maxActivities,
    clockSkew: inbox.clockSkew,
    maxForwardedAge: inbox.maxForwardedAge,
    maxRefusals: inbox.maxRefusals,
    refusalWindow: inbox.refusalWindow,
    keys: {
      ...DEFAULT_INBOX_OPTIONS.keys,
      maxFetches: inbox.keyFetches,
      maxWaiting: inbox.keyFetchesWaiting,
      wait: inbox.keyWait,
      failurePause: inbox.keyFailurePause,
      refreshPause: inbox.keyRefreshPause,
    },
  };
}
