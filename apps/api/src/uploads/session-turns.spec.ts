import { expect, test } from '@jest/globals';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { SessionTurns } from './session-turns.js';

const request = () => new IncomingMessage(new Socket());

/** Work that ends when its request is cut, or when it is told to. */
function work(body: IncomingMessage, log: string[], name: string) {
  let finish!: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
    body.once('close', resolve);
  });
  const run = async () => {
    log.push(`${name} begins`);
    await finished;
    log.push(`${name} ends`);
  };
  return { run, finish };
}

test('a newer request cuts one whose body is still arriving, and begins when that has ended', async () => {
  const turns = new SessionTurns();
  const log: string[] = [];
  const [older, newer] = [request(), request()];
  const second = work(newer, log, 'newer');
  const first = turns.take('session', older, work(older, log, 'older').run);
  const then = turns.take('session', newer, second.run);
  await first;
  second.finish();
  await then;
  expect(older.destroyed).toBe(true);
  expect(log).toEqual(['older begins', 'older ends', 'newer begins', 'newer ends']);
});

test('a request that has arrived whole is waited for', async () => {
  const turns = new SessionTurns();
  const log: string[] = [];
  const older = request();
  older.complete = true;
  const slow = work(older, log, 'older');
  const first = turns.take('session', older, slow.run);
  const second = turns.take('session', request(), async () => log.push('newer'));
  expect(older.destroyed).toBe(false);
  slow.finish();
  await Promise.all([first, second]);
  expect(log).toEqual(['older begins', 'older ends', 'newer']);
});

test('other sessions do not wait, and a failure does not stop the next turn', async () => {
  const turns = new SessionTurns();
  const failing = turns.take('a', null, () => Promise.reject(new Error('fails')));
  const next = turns.take('a', null, async () => 'next');
  expect(await turns.take('b', null, async () => 'other')).toBe('other');
  await expect(failing).rejects.toThrow('fails');
  expect(await next).toBe('next');
});
