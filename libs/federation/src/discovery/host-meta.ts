const template = (origin: string) => `${origin}/.well-known/webfinger?resource={uri}`;

/** RFC 6415: where WebFinger is, for those who ask here first. `origin` is the public base URL of this instance. */
export function buildHostMetaXml(origin: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">',
    // An origin has no character that XML would have to escape.
    `  <Link rel="lrdd" type="application/jrd+json" template="${template(new URL(origin).origin)}"/>`,
    '</XRD>',
    '',
  ].join('\n');
}

/** The same as JSON (RFC 6415 appendix A). */
export function buildHostMeta(origin: string) {
  return {
    links: [{ rel: 'lrdd', type: 'application/jrd+json', template: template(new URL(origin).origin) }],
  };
}
