import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One POST that arrived whole. */
export interface Received {
  /** Id of the activity. */
  id: string;
  path: string;
  body: Buffer;
  rawHeaders: string[];
  /** Milliseconds since 1970. */
  at: number;
  /** Null when it was not answered. */
  status: number | null;
}

export interface SinkAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A status, a whole answer, no answer for ever, or a connection that is cut. */
export type SinkBehaviour = (
  post: Received,
  socket: Socket,
) => number | SinkAnswer | 'hang' | 'cut' | Promise<number>;

const TAKES_ALL: SinkBehaviour = () => 202;

/** Another server, as far as deliveries see one: it counts and answers as it is told. Each is a host of its own. */
export class SinkPeer {
  readonly received: Received[] = [];
  behaviour: SinkBehaviour = TAKES_ALL;
  /** Most POSTs under way at the same time. */
  mostAtOnce = 0;
  private atOnce = 0;
  private server: Server | undefined;
  private port = 0;

  static async open(): Promise<SinkPeer> {
    const sink = new SinkPeer();
    await sink.up();
    return sink;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  inbox(path = '/inbox'): string {
    return `http://${this.host}${path}`;
  }

  /** Ids in the order in which they were taken, the second and later times left out. */
  get taken(): string[] {
    const taken = this.received.filter(({ status }) => status !== null && status < 300);
    return [...new Set(taken.map(({ id }) => id))];
  }

  /** Listens again where it did before. */
  async up(): Promise<void> {
    const server = createServer((request, response) => void this.take(request, response));
    this.server = server;
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve),
    );
    this.port = (server.address() as AddressInfo).port;
  }

  /** Refuses connections and cuts those it has. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.once('close', () => (this.atOnce -= 1));
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { id } = JSON.parse(body.toString()) as { id: string };
    const { url = '', rawHeaders, socket } = request;
    const post: Received = { id, path: url, body, rawHeaders, at: Date.now(), status: null };
    this.received.push(post);
    const answer = await this.behaviour(post, socket);
    if (answer === 'hang') return;
    if (answer === 'cut') {
      socket.destroy();
      return;
    }
    const {
      status,
      headers = {},
      body: text = '',
    } = typeof answer === 'number' ? { status: answer } : answer;
    post.status = status;
    response.writeHead(status, headers).end(text);
  }
}
