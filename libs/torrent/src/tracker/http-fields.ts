/** BEP 3, 23, 48. Any other the library would take for its own: with `socket` it shows the addresses of web socket peers. */
const HTTP_FIELDS = new Set(['info_hash', 'peer_id', 'port', 'left', 'compact', 'numwant', 'event']);

/** The path and query of an announce or scrape with the fields of the protocol only. */
export function knownFields(url: string): string {
  const [path, query = ''] = url.split('?');
  return `${path}?${query
    .split('&')
    .filter((field) => HTTP_FIELDS.has(field.split('=')[0]!))
    .join('&')}`;
}
