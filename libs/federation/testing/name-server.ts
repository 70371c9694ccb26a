import { createSocket } from 'node:dgram';

type Records = Record<string, { A?: string; AAAA?: string }>;

const TYPES = { 1: 'A', 28: 'AAAA' } as const;
const NOT_FOUND = 3;

/** A name server on loopback that knows these names and no others (RFC 1035, one question a message). */
export async function startNameServer(
  records: Records,
): Promise<{ address: string; close(): Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(reply(query, records), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function reply(query: Buffer, records: Records): Buffer {
  const labels: string[] = [];
  let end = 12;
  for (let length = query[end]; length > 0; length = query[end]) {
    labels.push(query.toString('latin1', end + 1, end + 1 + length));
    end += 1 + length;
  }
  end += 5;
  const known = records[labels.join('.').toLowerCase()];
  const type = query.readUInt16BE(end - 4) as keyof typeof TYPES;
  const address = known?.[TYPES[type]];
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (known ? 0 : NOT_FOUND), 2);
  // One question, so many answers, and neither authorities nor additional records.
  [1, address ? 1 : 0, 0, 0].forEach((count, index) => head.writeUInt16BE(count, 4 + 2 * index));
  const question = query.subarray(12, end);
  return Buffer.concat(address ? [head, question, answer(type, address)] : [head, question]);
}

function answer(type: number, address: string): Buffer {
  const data = Buffer.from(type === 1 ? address.split('.').map(Number) : groups(address));
  const fixed = Buffer.alloc(12);
  // A pointer to the name in the question, type, class IN, a minute to live, length.
  fixed.writeUInt16BE(0xc00c, 0);
  fixed.writeUInt16BE(type, 2);
  fixed.writeUInt16BE(1, 4);
  fixed.writeUInt32BE(60, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}

/** The bytes of an IPv6 address that is written with one "::". */
function groups(address: string): number[] {
  const [left, right] = address.split('::').map((side) => side.split(':').filter(Boolean));
  const middle = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].flatMap((group) => [
    parseInt(group, 16) >> 8,
    parseInt(group, 16) & 255,
  ]);
}
