import { RemoteError } from '../fetching/remote-error.js';
import { type JsonObject, type JsonValue } from '../vocabulary/read-json.js';
import { webUrl } from '../vocabulary/urls.js';
import { APPLICATION_REL, nodeinfoRel } from './nodeinfo.js';

/** What is shown of another instance; whatever it leaves out is undefined. */
export interface RemoteNodeinfo {
  software: { name: string; version: string };
  /** In lower case. */
  protocols: string[];
  openRegistrations?: boolean;
  users?: number;
  localPosts?: number;
  localComments?: number;
  nodeName?: string;
}

/** Characters of a text, and entries of a list, that are kept. */
const MAX_TEXT = 200;
const MAX_ENTRIES = 50;

/** Where an instance's documents are. A document of version 2.1 is preferred; older ones than 2.0 are not read. */
export function readNodeinfoIndex(index: JsonObject): { document?: string; application?: string } {
  const links = Array.isArray(index.links) ? index.links.slice(0, MAX_ENTRIES) : [];
  const find = (rel: string) => webUrl(links.map(object).find((link) => link.rel === rel)?.href) ?? undefined;
  return {
    document: find(nodeinfoRel('2.1')) ?? find(nodeinfoRel('2.0')),
    application: find(APPLICATION_REL),
  };
}

export function readNodeinfo(document: JsonObject): RemoteNodeinfo {
  const software = object(document.software);
  const name = text(software.name);
  if (name === undefined) throw new RemoteError('malformed', 'The NodeInfo document names no software.');
  const usage = object(document.usage);
  const protocols = Array.isArray(document.protocols) ? document.protocols.slice(0, MAX_ENTRIES) : [];
  return {
    software: { name: name.toLowerCase(), version: text(software.version) ?? '' },
    protocols: protocols.flatMap((protocol) => text(protocol)?.toLowerCase() ?? []),
    openRegistrations:
      typeof document.openRegistrations === 'boolean' ? document.openRegistrations : undefined,
    users: count(object(usage.users).total),
    localPosts: count(usage.localPosts),
    localComments: count(usage.localComments),
    nodeName: text(object(document.metadata).nodeName),
  };
}

function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

function count(value: JsonValue | undefined): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
