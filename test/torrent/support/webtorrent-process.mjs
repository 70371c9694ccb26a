// A BitTorrent client in a process of its own: node webtorrent-process.mjs <url of a .torrent> <with|without> (WebSeeds).
// Writes one line of JSON when it has all, then seeds until it is ended.
import { createHash } from 'node:crypto';
import { register } from 'node:module';

register('./webtorrent-in-node.mjs', import.meta.url);
const { default: WebTorrent } = await import('webtorrent');
const { default: parseTorrent } = await import('parse-torrent');

const [, , url, webSeeds] = process.argv;
const content = new Uint8Array(await (await fetch(url)).arrayBuffer());
const torrent = await parseTorrent(content);
if (webSeeds === 'without') torrent.urlList = [];

// Whom the tracker names, and nobody else.
const client = new WebTorrent({
  dht: false,
  lsd: false,
  utPex: false,
  natUpnp: false,
  natPmp: false,
  utp: false,
});
client.on('error', (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
const { default: store } = await import('memory-chunk-store');
const added = client.add(torrent, { store });
const from = { webSeed: 0, peers: 0 };
added.on('wire', (wire) => {
  wire.on('download', (bytes) => (from[wire.type === 'webSeed' ? 'webSeed' : 'peers'] += bytes));
});
added.on('done', async () => {
  const hash = createHash('sha256');
  for await (const chunk of added.files[0]) hash.update(chunk);
  const { infoHash } = added;
  process.stdout.write(`${JSON.stringify({ sha256: hash.digest('hex'), infoHash, from })}\n`);
});
