import type { Says } from '@vidiverse/hooks/testing/contracts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A web server on loopback that answers what it is told to. */
export interface SayingServer {
  /** It answers so from now on. Its address. */
  serve(says: Says): string;
  close(): Promise<void>;
}

export async function createSayingServer(): Promise<SayingServer> {
  let says: Says = () => undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, headers } = request;
    const said = says({
      method: method as 'GET' | 'POST',
      headers: headers as Record<string, string>,
      body: await text(request),
    });
    if (said) response.writeHead(said.status).end(said.body);
    else request.socket.destroy();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serve: (next) => {
      says = next;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
