import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { loadGenerator } from './http-load.mjs';

/** How many answers `connections` clients get in so many seconds. @throws Error when one is not 200 */
export const answersIn = (options) => (loadGenerator === 'wrk' ? byWrk(options) : byNode(options));

async function byWrk({ url, connections, seconds }) {
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const text of child.stdout) output += text;
  const answers = Number(/(\d+) requests in/.exec(output)?.[1] ?? 0);
  if (answers === 0 || /Non-2xx|Socket errors/.test(output)) throw new Error(`wrk failed:\n${output}`);
  return answers;
}

async function byNode({ url, connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ends = performance.now() + seconds * 1000;
  let answers = 0;
  const client = async () => {
    while (performance.now() < ends) {
      await new Promise((resolve, reject) => {
        get(url, { agent }, (response) => {
          if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
          response.on('end', resolve).on('error', reject).resume();
        }).on('error', reject);
      });
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return answers;
}
