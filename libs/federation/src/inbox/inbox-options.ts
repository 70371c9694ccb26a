import { DEFAULT_DOCUMENT_LIMITS, type DocumentLimits } from '../vocabulary/read-json.js';

/** Milliseconds, unless said otherwise. */
export interface InboxOptions {
  /** Public base URL of this instance. */
  instanceUrl: string;
  /** Every activity must carry a valid Linked Data Signature. */
  requireLinkedDataSignatures: boolean;
  /** RSA keys below 2048 bits too. Only for recorded requests. */
  allowWeakKeys: boolean;
  document: DocumentLimits;
  /** Activities in one collection. */
  maxActivities: number;
  /** How far a sender's clock may be from ours, either way. */
  clockSkew: number;
  /** An activity that somebody else hands on is taken so long after it was signed. */
  maxForwardedAge: number;
  /** Refused requests of one address in `refusalWindow`, after which it is not heard until the window ends. */
  maxRefusals: number;
  refusalWindow: number;
  keys: KeyOptions;
  now: () => number;
}

export interface KeyOptions {
  /** Lookups of keys at other servers at once, and others that wait for one of these. */
  maxFetches: number;
  maxWaiting: number;
  /** So long a request waits for a key; the lookup goes on. */
  wait: number;
  /** A key that cannot be had is not asked for again so soon. */
  failurePause: number;
  /** A key that is stored is not asked for again so soon. */
  refreshPause: number;
  /** Remembered at most, of each kind. */
  maxRemembered: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DEFAULT_INBOX_OPTIONS: Omit<InboxOptions, 'instanceUrl'> = {
  requireLinkedDataSignatures: false,
  allowWeakKeys: false,
  document: DEFAULT_DOCUMENT_LIMITS,
  maxActivities: 20,
  clockSkew: 30 * MINUTE,
  maxForwardedAge: 10 * 24 * 60 * MINUTE,
  maxRefusals: 100,
  refusalWindow: 10 * SECOND,
  keys: {
    maxFetches: 20,
    maxWaiting: 200,
    // PeerTube gives up on an answer after 7 s.
    wait: 5 * SECOND,
    failurePause: 2 * MINUTE,
    refreshPause: 5 * MINUTE,
    maxRemembered: 5000,
  },
  now: Date.now,
};
