import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { isInstalled } from './processes.mjs';

const SCRIPT = 'test/bench/support/ranges.lua';

/** What takes the bytes: wrk where it is installed, as it costs little itself, otherwise Node. */
export const loadGenerator = isInstalled('wrk') ? 'wrk' : 'Node';

/**
 * Bytes per second that `connections` clients get of a file of `size` bytes, in ranges of `range` bytes; all of it in
 * each request when `range` is 0.
 */
export function bytesPerSecond(options) {
  return loadGenerator === 'wrk' ? byWrk(options) : byNode(options);
}

async function byWrk({ url, size, range, connections, seconds }) {
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', SCRIPT, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, RANGE: range, SIZE: size },
  });
  let output = '';
  for await (const text of child.stdout) output += text;
  const [, bytes, microseconds, failed] = /bytes (\d+) microseconds (\d+) failed (\d+)/.exec(output) ?? [];
  if (failed !== '0') throw new Error(`wrk failed:\n${output}`);
  return Number(bytes) / (Number(microseconds) / 1e6);
}

async function byNode({ url, size, range, connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now();
  const ends = begun + seconds * 1000;
  let bytes = 0;
  let at = 0;
  const client = async () => {
    while (performance.now() < ends) {
      const headers = range === 0 ? {} : { range: `bytes=${at}-${at + range - 1}` };
      at = (at + range) % size;
      await new Promise((resolve, reject) => {
        get(url, { agent, headers }, (response) => {
          response.on('data', ({ length }) => (bytes += length));
          response.on('end', resolve).on('error', reject);
        }).on('error', reject);
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return bytes / ((performance.now() - begun) / 1000);
}
