import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of another project, such as a list or an index: it answers every GET with the text for its path, else 404. */
export interface TextServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly address: string;
  /** By path, without the query. Change it as you like. */
  readonly texts: Map<string, string>;
  close(): Promise<void>;
}

export async function createTextServer(texts: Record<string, string> = {}): Promise<TextServer> {
  const known = new Map(Object.entries(texts));
  const server = createServer((request, response) => {
    const text = known.get(new URL(request.url!, 'http://x').pathname);
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts: known,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
