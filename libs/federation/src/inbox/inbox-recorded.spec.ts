import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join, resolve } from 'node:path';
import { MemoryActorKeys } from '../../testing/memory-actor-keys.js';
import { MemoryBlocks } from '../../testing/memory-blocks.js';
import { MemoryInboxJournal } from '../../testing/memory-inbox-journal.js';
import { verifyDocument } from '../signatures/verify-document.js';
import { compactDocument } from '../vocabulary/compact.js';
import { InboxGate } from './inbox-gate.js';

const FOLDER = resolve('../shared/fixtures/peertube-6.3');
const isRecorded = (name: string) => name.endsWith('.json') && !/^(get-|public-keys)/.test(name);
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter(isRecorded) : [];

interface Recorded {
  request: { method: string; path: string; headers: Record<string, string> };
  body: string;
}
type RecordedKeys = Record<string, { owner: string; publicKeyPem: string }>;

const read = <T>(name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;

/** A gate at the moment and with the address at which the request was recorded. */
function openGate({ headers }: Recorded['request']) {
  const keys = new MemoryActorKeys();
  for (const [owner, key] of Object.entries(read<RecordedKeys>('public-keys.json')))
    keys.stored.set(owner, key);
  const journal = new MemoryInboxJournal();
  const reader = { compact: compactDocument, verify: verifyDocument };
  const gate = new InboxGate(
    { keys, journal, blocks: new MemoryBlocks(), reader },
    {
      instanceUrl: `http://${headers.host}`,
      allowWeakKeys: true,
      now: () => Date.parse(headers.date!),
      requireLinkedDataSignatures: true,
    },
  );
  return { gate, journal };
}

const received = ({ request, body }: Recorded) => ({
  ...request,
  headers: request.headers as IncomingHttpHeaders,
  rawHeaders: Object.entries(request.headers).flat(),
  rawBody: Buffer.from(body),
  remoteAddress: '127.0.0.1',
});

const describeRecorded = names.length > 0 ? describe : describe.skip;

describeRecorded('what PeerTube 6.3 sends (skipped without ../shared/fixtures)', () => {
  test.each(names)('%s is taken, once', async (name) => {
    const recorded = read<Recorded>(name);
    const { gate, journal } = openGate(recorded.request);
    expect(await gate.receive(received(recorded))).toEqual({
      kind: 'accepted',
      status: 202,
      effect: 'recorded',
    });
    expect(await gate.receive(received(recorded))).toMatchObject({ effect: 'known' });
    const [entry] = journal.entries;
    expect(entry).toMatchObject({ signedBody: recorded.body });
    expect(entry!.type).toBe((JSON.parse(recorded.body) as { type: string }).type);
  });
});
