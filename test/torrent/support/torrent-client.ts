import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const PROGRAM = resolve('test/torrent/support/webtorrent-process.mjs');

export interface Download {
  sha256: string;
  infoHash: string;
  /** Bytes by where they came from. */
  from: { webSeed: number; peers: number };
}

export interface TorrentClient {
  /** Resolves when it has the whole file; it goes on as a seeder. */
  readonly downloaded: Promise<Download>;
  end(): Promise<void>;
}

/** WebTorrent in Node, in a process of its own: TCP peers by the HTTP tracker, and WebSeeds unless told otherwise. */
export function startTorrentClient(torrentUrl: string, { webSeeds = true } = {}): TorrentClient {
  const child = spawn(process.execPath, [PROGRAM, torrentUrl, webSeeds ? 'with' : 'without'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const downloaded = new Promise<Download>((done, failed) => {
    child.stdout.once('data', (line: Buffer) => done(JSON.parse(String(line)) as Download));
    void exited.then(() => failed(new Error('the client ended before it had the file')));
  });
  // It may be ended before it is done; whoever waits is told all the same.
  downloaded.catch(() => {});
  return {
    downloaded,
    end: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
