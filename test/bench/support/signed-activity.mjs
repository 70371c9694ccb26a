import { CONTEXT, generateKeyPair, SignatureWorkers, signRequest } from '@vidiverse/federation';

const ORIGIN = 'https://video.example';
const ACTOR = 'https://peer.example/accounts/alice';
const VIDEO = 'https://peer.example/videos/watch/700377b8-65a1-49ee-ac00-88eb6fd77e5d';
const HEIGHTS = [1080, 720, 480, 360, 240];

/** The links of one file, as PeerTube sends them. */
const linksOf = (height) => {
  const size = { height, width: Math.round((height * 16) / 9), fps: 25 };
  const file = `https://peer.example/static/web-videos/700377b8-${height}.mp4`;
  return [
    { type: 'Link', mediaType: 'video/mp4', href: file, size: 1_000_000 * height, ...size },
    { type: 'Link', mediaType: 'application/x-bittorrent', href: `${file}.torrent`, ...size },
    {
      type: 'Link',
      mediaType: 'application/x-bittorrent;x-scheme-handler/magnet',
      href: `magnet:?xt=urn:btih:${'a'.repeat(40)}&tr=wss%3A%2F%2Fpeer.example%2Ftracker%2Fsocket`,
      ...size,
    },
  ];
};

/** A new video with five renditions, signed by its author in both ways, and where to look up the author's key. */
export async function signedActivity() {
  const { publicKeyPem, privateKeyPem } = await generateKeyPair();
  const everybody = ['https://www.w3.org/ns/activitystreams#Public'];
  const workers = new SignatureWorkers({ threads: 1 });
  const document = await workers.sign(
    {
      '@context': CONTEXT,
      id: `${VIDEO}/activity`,
      type: 'Create',
      actor: ACTOR,
      to: everybody,
      cc: [`${ACTOR}/followers`],
      object: {
        id: VIDEO,
        type: 'Video',
        uuid: '700377b8-65a1-49ee-ac00-88eb6fd77e5d',
        name: 'A clip of twenty seconds',
        duration: 'PT20S',
        category: { identifier: '15', name: 'Science & Technology' },
        views: 0,
        published: '2026-01-02T03:04:05.678Z',
        updated: '2026-01-02T03:04:05.678Z',
        to: everybody,
        tag: ['one', 'two', 'three'].map((name) => ({ type: 'Hashtag', name })),
        url: HEIGHTS.flatMap(linksOf),
        likes: `${VIDEO}/likes`,
        comments: `${VIDEO}/comments`,
        attributedTo: [
          { type: 'Person', id: ACTOR },
          { type: 'Group', id: 'https://peer.example/video-channels/alice' },
        ],
      },
    },
    { creator: ACTOR, privateKeyPem },
  );
  await workers.close();
  const body = Buffer.from(JSON.stringify(document));
  const headers = signRequest({ method: 'POST', url: `${ORIGIN}/inbox`, body, keyId: ACTOR, privateKeyPem });
  return {
    document,
    publicKeyPem,
    privateKeyPem,
    findKey: async () => ({ owner: ACTOR, publicKeyPem }),
    request: {
      method: 'POST',
      target: '/inbox',
      origin: ORIGIN,
      rawHeaders: Object.entries(headers).flat(),
      body,
    },
  };
}
