import { describe, expect, it } from '@jest/globals';
import type { TrackerSocket } from 'bittorrent-tracker/server';
import { Duplex } from 'node:stream';
import { until } from '../../testing/index.js';
import { WriteBatch } from './write-batch.js';

/** A connection that notes what each of its writes carried, and the web socket on it. */
function createConnection() {
  const writes: string[][] = [];
  const connection = new Duplex({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      writes.push([String(chunk)]);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  const webSocket = { send: (data: string) => connection.write(data) } as unknown as TrackerSocket;
  return { connection, webSocket, writes };
}

describe('a batch of writes', () => {
  it('sends what belongs to one turn at once, in order, to each socket its own', async () => {
    const batch = new WriteBatch();
    const [one, other] = [createConnection(), createConnection()];
    for (const { webSocket, connection } of [one, other]) batch.batch(webSocket, connection);
    one.webSocket.send('a');
    other.webSocket.send('x');
    one.webSocket.send('b');
    expect(one.writes).toEqual([]);
    await until(() => one.writes.length > 0 && other.writes.length > 0, 'the end of the turn');
    expect([one.writes, other.writes]).toEqual([[['a', 'b']], [['x']]]);
  });

  it('sends what comes later as well, and is not held up by a socket that closed', async () => {
    const batch = new WriteBatch();
    const [one, other] = [createConnection(), createConnection()];
    for (const { webSocket, connection } of [one, other]) batch.batch(webSocket, connection);
    one.webSocket.send('lost');
    one.connection.destroy();
    other.webSocket.send('first');
    await until(() => other.writes.length === 1, 'the first turn');
    other.webSocket.send('second');
    await until(() => other.writes.length === 2, 'the second turn');
    expect(one.writes).toEqual([]);
  });
});
