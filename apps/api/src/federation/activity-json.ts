import type { FastifyReply } from 'fastify';

const TYPE = 'application/activity+json; charset=utf-8';
/** Seconds: peers ask for the same video in a burst when it is announced. */
const MAX_AGE = 10;

/** Answers with an ActivityPub document, or its text; the same address has a page for browsers. */
export async function sendActivityJson(reply: FastifyReply, document: object | string): Promise<void> {
  await reply
    .header('content-type', TYPE)
    .header('vary', 'Accept')
    .header('cache-control', `public, max-age=${MAX_AGE}`)
    .send(typeof document === 'string' ? document : JSON.stringify(document));
}
