import type { FastifyReply } from 'fastify';

const TYPE = 'application/activity+json; charset=utf-8';
/** Seconds: peers ask for the same video in a burst when it is announced. */
const MAX_AGE = 10;

/** Answers with an ActivityPub document; the same address has a page for browsers. */
export async function sendActivityJson(reply: FastifyReply, document: object): Promise<void> {
  await reply
    .header('content-type', TYPE)
    .header('vary', 'Accept')
    .header('cache-control', `public, max-age=${MAX_AGE}`)
    .send(JSON.stringify(document));
}
