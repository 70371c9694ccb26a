import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** Another server, on loopback: it answers by path, keeps what it was asked, and knows nothing else (404). */
export interface LocalPeer {
  origin: string;
  host: string;
  requests: ReceivedRequest[];
  /** Connections made so far. */
  connections(): number;
  close(): Promise<void>;
}

export async function startPeer(answers: Record<string, Answer | object> = {}): Promise<LocalPeer> {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  const server = createServer((message, response) => {
    void receive(message).then((request) => {
      requests.push(request);
      const answer = answers[request.path] ?? answers[request.path.split('?')[0]] ?? notFound;
      if (typeof answer === 'function') (answer as Answer)(request, response);
      else document(answer)(request, response);
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    requests,
    connections: () => connections,
    close: () => stop(server),
  };
}

/** Answers a body of a type, by default an ActivityPub document. */
export function document(
  body: object | string | Buffer,
  type = 'application/activity+json; charset=utf-8',
  headers: Record<string, string> = {},
): Answer {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return (_request, response) => response.writeHead(200, { 'content-type': type, ...headers }).end(bytes);
}

export function redirect(location: string, status = 302): Answer {
  return (_request, response) => response.writeHead(status, { location }).end();
}

const notFound: Answer = (_request, response) => response.writeHead(404).end();

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { method = '', url: path = '', headers } = message;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
