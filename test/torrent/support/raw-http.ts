import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request with these headers and no others of its own making. */
export function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject).end();
  });
}

/** A client that asks for a file and takes only what it is told to. */
export class SlowReader {
  /** Bytes taken so far, head of the answer included. */
  taken = 0;
  readonly closed: Promise<void>;
  /** Its own. */
  readonly port: number;

  private constructor(private readonly socket: Socket) {
    socket.on('data', ({ length }) => (this.taken += length));
    this.port = socket.localPort!;
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()).on('error', () => {}));
  }

  /** Resolves when the request is sent; nothing is read. */
  static open(url: string, headers: Record<string, string> = {}): Promise<SlowReader> {
    const { hostname, port, pathname } = new URL(url);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname).pause().on('error', reject);
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n${lines.join('')}\r\n`, () =>
        resolve(new SlowReader(socket.pause())),
      );
    });
  }

  /** Reads from now on. */
  read(): void {
    this.socket.resume();
  }

  abort(): void {
    this.socket.destroy();
  }
}
