import { connect } from 'node:net';

const LIMIT = 1000;

/** Why tests on these services cannot run here; undefined when they can, or must because `CI=true`. */
export async function unavailable(...urls: string[]): Promise<string | undefined> {
  if (process.env.CI === 'true') return undefined;
  for (const url of urls) {
    if (!(await answers(new URL(url)))) return `nothing answers at ${url}`;
  }
  return undefined;
}

function answers({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: LIMIT });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .on('connect', () => end(true))
      .on('timeout', () => end(false))
      .on('error', () => end(false));
  });
}
