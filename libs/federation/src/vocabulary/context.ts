import { ACTIVITYSTREAMS_URL, SECURITY_V1_URL } from '../signatures/contexts/bundled-contexts.js';

const link = (id: string) => ({ '@id': id, '@type': '@id' });
const number = (id: string) => ({ '@id': id, '@type': 'sc:Number' });
const boolean = (id: string) => ({ '@id': id, '@type': 'sc:Boolean' });

/**
 * The `@context` of all we send. A term of ours stands here or it is not signed (`signDocument` refuses it). Where
 * PeerTube has a term it is declared as PeerTube declares it, since it compares documents after compaction with its own.
 */
export const CONTEXT: readonly unknown[] = [
  ACTIVITYSTREAMS_URL,
  SECURITY_V1_URL,
  {
    RsaSignature2017: 'https://w3id.org/security#RsaSignature2017',
    pt: 'https://joinpeertube.org/ns#',
    sc: 'http://schema.org/',
    toot: 'http://joinmastodon.org/ns#',
    lemmy: 'https://join-lemmy.org/ns#',

    CacheFile: 'pt:CacheFile',
    Hashtag: 'as:Hashtag',
    Infohash: 'pt:Infohash',
    InteractionCounter: 'sc:InteractionCounter',
    PropertyValue: 'sc:PropertyValue',
    WatchAction: 'sc:WatchAction',

    alsoKnownAs: link('as:alsoKnownAs'),
    aspectRatio: { '@id': 'pt:aspectRatio', '@type': 'sc:Float' },
    automaticallyGenerated: 'pt:automaticallyGenerated',
    canReply: 'pt:canReply',
    category: 'sc:category',
    comments: link('as:comments'),
    commentsEnabled: boolean('pt:commentsEnabled'),
    commentsPolicy: number('pt:commentsPolicy'),
    discoverable: 'toot:discoverable',
    dislikes: link('as:dislikes'),
    downloadEnabled: boolean('pt:downloadEnabled'),
    embedUrl: 'sc:embedUrl',
    expires: 'sc:expires',
    fps: number('pt:fps'),
    hasParts: 'sc:hasParts',
    identifier: 'sc:identifier',
    indexable: 'toot:indexable',
    interactionType: 'sc:interactionType',
    isLiveBroadcast: 'sc:isLiveBroadcast',
    language: 'sc:inLanguage',
    latencyMode: number('pt:latencyMode'),
    licence: 'sc:license',
    liveSaveReplay: boolean('pt:liveSaveReplay'),
    manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
    movedTo: link('as:movedTo'),
    originallyPublishedAt: 'sc:datePublished',
    permanentLive: boolean('pt:permanentLive'),
    playlists: link('pt:playlists'),
    postingRestrictedToMods: 'lemmy:postingRestrictedToMods',
    replyApproval: 'pt:replyApproval',
    sensitive: 'as:sensitive',
    size: number('pt:size'),
    state: number('pt:state'),
    subtitleLanguage: 'sc:subtitleLanguage',
    support: { '@id': 'pt:support', '@type': 'sc:Text' },
    tileDuration: number('pt:tileDuration'),
    tileHeight: number('pt:tileHeight'),
    tileWidth: number('pt:tileWidth'),
    userInteractionCount: 'sc:userInteractionCount',
    uuid: { '@id': 'pt:uuid', '@type': 'sc:identifier' },
    value: 'sc:value',
    views: number('pt:views'),
    waitTranscoding: boolean('pt:waitTranscoding'),
  },
];
