import { createServer } from 'node:net';

/** Stands where a server was: hangs up on every request, and notes when one comes. */
export interface RefusingListener {
  /** Milliseconds since 1970, in order. */
  readonly knocks: number[];
  close(): Promise<void>;
}

export async function refuseAt(address: string): Promise<RefusingListener> {
  const { hostname, port } = new URL(address);
  const knocks: number[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    // One that hangs up before the request comes is asked again by the client's connection pool.
    socket.once('data', () => {
      knocks.push(Date.now());
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) =>
    server.on('error', reject).listen(Number(port), hostname, resolve),
  );
  return {
    knocks,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
