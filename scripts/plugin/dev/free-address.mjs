import { createServer } from 'node:net';

/** @throws Error when `listen` is no address, or something listens there already */
export async function assertFree(listen) {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(listen) ?? [];
  if (!host) throw new Error(`--listen ${listen} must be <address>:<port>, such as 127.0.0.1:9000.`);
  const server = createServer();
  await new Promise((done, reject) => {
    server.once('error', ({ message }) => reject(new Error(`${message}. --listen takes another address.`)));
    server.listen(Number(port), host.replace(/^\[|\]$/g, ''), done);
  });
  await new Promise((done) => server.close(done));
}
