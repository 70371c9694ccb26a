/** https://nodeinfo.diaspora.software/protocol.html */
const NAMESPACE = 'http://nodeinfo.diaspora.software/ns/schema';

/** FEP-2677: the actor that speaks for the instance. */
export const APPLICATION_REL = 'https://www.w3.org/ns/activitystreams#Application';

export type NodeinfoVersion = '2.0' | '2.1';
export const NODEINFO_VERSIONS: NodeinfoVersion[] = ['2.0', '2.1'];

export const nodeinfoRel = (version: NodeinfoVersion): string => `${NAMESPACE}/${version}`;

/** The content type of a document of this version. */
export const nodeinfoType = (version: NodeinfoVersion): string =>
  `application/json; profile="${nodeinfoRel(version)}#"`;

/** What an instance says of itself. */
export interface NodeinfoFacts {
  version: string;
  /** Of the software, not of the instance. */
  repository?: string;
  homepage?: string;
  openRegistrations: boolean;
  users: { total: number; activeMonth: number; activeHalfyear: number };
  /** Published here. */
  localVideos: number;
  localComments: number;
  nodeName: string;
  nodeDescription: string;
  /** Feeds that are served. */
  feeds: Array<'atom1.0' | 'rss2.0'>;
  /** What else is of interest, such as limits and what is switched on. */
  nodeConfig?: Record<string, unknown>;
}

/** Paths are PeerTube's. The Application link is how PeerTube finds the actor to follow when it is given a host. */
export function buildNodeinfoIndex(origin: string, instanceActorUrl: string) {
  const documents = NODEINFO_VERSIONS.map((version) => ({
    rel: nodeinfoRel(version),
    href: `${origin}/nodeinfo/${version}.json`,
  }));
  return { links: [...documents, { rel: APPLICATION_REL, href: instanceActorUrl }] };
}

/**
 * The software's name is our own: statistics sites count by it, and peers such as PeerTube do not look at it but at the
 * Application link.
 */
export function buildNodeinfo(version: NodeinfoVersion, facts: NodeinfoFacts) {
  const software = { name: 'vidiverse', version: facts.version };
  const { repository, homepage } = facts;
  const more = version === '2.1' ? { ...(repository && { repository }), ...(homepage && { homepage }) } : {};
  return {
    version,
    software: { ...software, ...more },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: facts.feeds },
    openRegistrations: facts.openRegistrations,
    usage: { users: facts.users, localPosts: facts.localVideos, localComments: facts.localComments },
    metadata: {
      // How statistics sites know that a post is a video.
      taxonomy: { postsName: 'Videos' },
      nodeName: facts.nodeName,
      nodeDescription: facts.nodeDescription,
      ...(facts.nodeConfig && { nodeConfig: facts.nodeConfig }),
    },
  };
}
