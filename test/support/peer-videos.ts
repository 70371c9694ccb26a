import { CONTEXT } from '@vidiverse/federation';
import { randomUUID } from 'node:crypto';
import type { InstanceClient } from './client.js';
import type { Activity, Peer, SendOptions } from './peer.js';
import { until } from './uploads.js';

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

/** An account of a hand-made peer with its channel. */
export interface Publisher {
  account: string;
  channel: string;
}

export type VideoDocument = Record<string, unknown> & { id: string; uuid: string };

/** Makes an account `<name>` with the channel `<name>_channel`. */
export async function makePublisher(peer: Peer, name: string): Promise<Publisher> {
  const account = await peer.actor(name);
  const attributedTo = [{ type: 'Person', id: account }];
  return { account, channel: await peer.actor(`${name}_channel`, { type: 'Group', attributedTo }) };
}

/** A public video with one file, in the form in which instances send it. Served by nobody yet. */
export function videoDocument(
  peer: Peer,
  { account, channel }: Publisher,
  fields: Record<string, unknown> = {},
): VideoDocument {
  const uuid = (fields.uuid as string | undefined) ?? randomUUID();
  const now = new Date().toISOString();
  return {
    type: 'Video',
    id: `${peer.address}/videos/watch/${uuid}`,
    uuid,
    name: 'From a peer',
    duration: 'PT5S',
    views: 0,
    state: 1,
    published: now,
    updated: now,
    to: [PUBLIC],
    cc: [`${account}/followers`],
    url: [fileLink(peer)],
    attributedTo: [
      { type: 'Person', id: account },
      { type: 'Group', id: channel },
    ],
    ...fields,
  };
}

export const fileLink = (peer: Peer, fields: Record<string, unknown> = {}) => ({
  type: 'Link',
  mediaType: 'video/mp4',
  href: `${peer.address}/static/web-videos/${randomUUID()}-480.mp4`,
  height: 480,
  width: 854,
  size: 1000,
  fps: 25,
  ...fields,
});

/** At its own address. */
export function serveVideo(peer: Peer, video: VideoDocument): VideoDocument {
  peer.serve(new URL(video.id).pathname, { '@context': CONTEXT, ...video });
  return video;
}

/** Sends the activity and waits for what becomes of it: `applied`, or why it was refused. */
export async function outcomeOf(
  peer: Peer,
  administrator: InstanceClient,
  fields: Activity,
  options?: SendOptions,
): Promise<string> {
  const activity = peer.activity(fields);
  const answer = await peer.send(activity, administrator.address, options);
  if (answer.status !== 202) return `${answer.status} ${answer.code}`;
  return until(async () => {
    const { data } = await administrator.inboxActivities({ count: 100 });
    const row = data.find((candidate) => candidate.activity.id === activity.id);
    return row && row.state !== 'received' ? (row.reason ?? row.state) : null;
  }, `${activity.type} is handled`);
}
