import { CONTEXT, generateKeyPair, SignatureWorkers, signRequest } from '@vidiverse/federation';
import { Agent, createServer, request } from 'node:http';

// Somebody else's server in a process of its own: it serves its actors, and posts to an inbox as fast as it is answered.
const [, , inbox, video, form, count, atOnce] = process.argv;
const ACTORS = 10;
/** Of each actor, not measured: for the server to learn its key, and to know its own way. */
const WARM_UP = 10;
const everybody = 'https://www.w3.org/ns/activitystreams#Public';

const actors = new Map();
const server = createServer(({ url }, response) => {
  const actor = actors.get(url);
  response.writeHead(actor ? 200 : 404, { 'content-type': 'application/activity+json' });
  response.end(actor && JSON.stringify(actor.document));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
for (let index = 0; index < ACTORS; index += 1) {
  const id = `${base}/accounts/actor${index}`;
  const { publicKeyPem, privateKeyPem } = await generateKeyPair();
  const document = {
    '@context': CONTEXT,
    type: 'Person',
    id,
    preferredUsername: `actor${index}`,
    inbox: `${id}/inbox`,
    endpoints: { sharedInbox: `${base}/inbox` },
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem },
  };
  actors.set(`/accounts/actor${index}`, { document, privateKeyPem });
}

const workers = new SignatureWorkers({ threads: 2 });
const authors = [...actors.values()];
const requests = [];
for (let number = 0; number < ACTORS * WARM_UP + Number(count); number += 1)
  requests.push(await makeRequest(number, authors[number % ACTORS]));
await workers.close();

const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) });
let at = 0;
await sendUntil(ACTORS, 1);
await sendUntil(ACTORS * WARM_UP, Number(atOnce));
// What is signed, for whoever measures what that costs.
process.stdout.write(`${JSON.stringify({ ...JSON.parse(requests[0].body), signature: undefined })}\n`);
process.stdin.once('data', async () => {
  const begun = performance.now();
  const statuses = await sendUntil(requests.length, Number(atOnce));
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(`${JSON.stringify({ seconds, statuses })}\n`);
});

async function makeRequest(number, { document: { id: actor }, privateKeyPem }) {
  const note = `${base}/notes/${number}`;
  const content = {
    id: note,
    type: 'Note',
    content: `comment ${number}`,
    inReplyTo: video,
    attributedTo: actor,
  };
  const told = { to: [everybody], published: new Date().toISOString() };
  const activity = {
    '@context': CONTEXT,
    id: `${note}/activity`,
    type: 'Create',
    actor,
    object: { ...content, ...told },
    ...told,
  };
  const signed = form === 'both' ? await workers.sign(activity, { creator: actor, privateKeyPem }) : activity;
  const body = Buffer.from(JSON.stringify(signed));
  const signature = signRequest({
    method: 'POST',
    url: inbox,
    body,
    keyId: `${actor}#main-key`,
    privateKeyPem,
  });
  return { body, headers: { 'content-type': 'application/activity+json', ...signature } };
}

/** How often each status was answered. */
async function sendUntil(end, lanes) {
  const statuses = {};
  const lane = async () => {
    while (at < end) {
      const status = await post(requests[at++]);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return statuses;
}

function post({ body, headers }) {
  return new Promise((resolve, reject) => {
    const sending = request(inbox, { method: 'POST', headers, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sending.on('error', reject).end(body);
  });
}
