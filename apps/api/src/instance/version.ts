/** Version of this server; the same as in package.json, which a test checks. */
export const VERSION = '0.1.0';

/** The PeerTube release whose REST API ours follows; clients compare it to decide what they may ask for. */
export const PEERTUBE_API_VERSION = '6.3.0';
