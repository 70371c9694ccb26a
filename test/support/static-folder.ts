import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

export interface StaticFolder {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the files of a folder to whoever asks, with ranges, as instances serve theirs. */
export async function serveFolder(folder: string): Promise<StaticFolder> {
  const server = createServer(async (request, response) => {
    const path = join(folder, basename(request.url ?? ''));
    const file = await stat(path).catch(() => null);
    const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'range' };
    if (!file?.isFile() || request.method === 'OPTIONS') {
      response.writeHead(request.method === 'OPTIONS' ? 204 : 404, open).end();
      return;
    }
    const [, first, last] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
    const start = Number(first ?? 0);
    const end = Math.min(Number(last || file.size - 1), file.size - 1);
    response.writeHead(first === undefined ? 200 : 206, {
      ...open,
      'content-length': end - start + 1,
      ...(first !== undefined && { 'content-range': `bytes ${start}-${end}/${file.size}` }),
    });
    createReadStream(path, { start, end }).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
