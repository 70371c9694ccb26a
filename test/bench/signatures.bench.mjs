import { readJson, SignatureWorkers, verifyRequest } from '@vidiverse/federation';
import jsonld from 'jsonld';
import { createPublicKey, sign, verify } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { median } from './support/server.mjs';
import { loadContext } from './support/contexts.mjs';
import { signedActivity } from './support/signed-activity.mjs';

// Signed activities checked per second of processor time, all threads together, against what cannot be avoided: one
// RSA-2048 verification for each signature, and making the document canonical. Kinds are measured in turn.
const ROUNDS = 7;
const SECONDS = 1.5;
const AT_ONCE = 32;
const NANOSECONDS = 1e6;
const RESOLUTION = 5;

const { document, publicKeyPem, privateKeyPem, findKey, request } = await signedActivity();
const workers = new SignatureWorkers();
const key = createPublicKey(publicKeyPem);
const signed = sign('sha256', request.body, privateKeyPem);
const { signature: _signature, ...content } = document;
const canonize = { algorithm: 'RDFC-1.0', base: null, safe: false, documentLoader: loadContext };

const KINDS = {
  rsa: async () => verify('sha256', request.body, key, signed),
  canonize: () => jsonld.canonize(content, canonize),
  http: () => verifyRequest(request, { findKey }),
  both: async () => {
    await verifyRequest(request, { findKey });
    await workers.verify(readJson(request.body), findKey);
  },
};

/** Runs of `work` per processor second and per second on the clock. */
async function rate(work) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const end = begun + SECONDS * 1000;
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (; performance.now() < end; count += 1) await work();
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { cpu: count / ((user + system) / 1e6), wall: count / ((performance.now() - begun) / 1000) };
}

const rates = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
const blocks = { longest: [], most: [] };
for (const work of Object.values(KINDS)) await rate(work);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [kind, work] of Object.entries(KINDS)) {
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
    delay.enable();
    rates[kind].push(await rate(work));
    delay.disable();
    if (kind !== 'both') continue;
    blocks.longest.push(delay.max / NANOSECONDS - RESOLUTION);
    blocks.most.push(delay.percentile(99) / NANOSECONDS - RESOLUTION);
  }
}
const middle = (kind, per) => median(rates[kind].map((one) => one[per]));
const [rsa, bare, http, both] = Object.keys(KINDS).map((kind) => middle(kind, 'cpu'));
const leastForBoth = 1 / (2 / rsa + 1 / bare);

console.log(`document of ${request.body.length} bytes; per processor second, median of ${ROUNDS}:`);
console.log(`  bare RSA-2048 verify ${rsa.toFixed(0)}, bare canonize ${bare.toFixed(0)}`);
console.log(`  HTTP signature alone ${http.toFixed(0)}: ${(http / rsa).toFixed(2)} of one RSA verify`);
console.log(
  `  with LD signature    ${both.toFixed(0)}: ${(both / leastForBoth).toFixed(2)} of two RSA verifies and one canonize ` +
    `(${leastForBoth.toFixed(0)}); ${middle('both', 'wall').toFixed(0)} per second on the clock`,
);
console.log(
  `  main thread under that load: longest block ${Math.max(...blocks.longest).toFixed(0)} ms ` +
    `(median of rounds ${median(blocks.longest).toFixed(0)} ms, 99 of 100 under ${median(blocks.most).toFixed(0)} ms); at most 50`,
);
await workers.close();
