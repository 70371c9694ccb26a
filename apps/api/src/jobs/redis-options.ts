import type { QueueOptions } from 'bull';

/** Milliseconds. */
const MAX_RECONNECT_DELAY = 2000;
/** Milliseconds that a closed connection may keep the process alive. */
const DISCONNECT_LIMIT = 100;

/** What ioredis takes, from redis://user:password@host:port/database; Bull’s own reading of a URL knows no TLS. */
export function redisOptions(url: string): Exclude<QueueOptions['redis'], string | undefined> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    disconnectTimeout: DISCONNECT_LIMIT,
    retryStrategy: (times: number) => Math.min(times * 100, MAX_RECONNECT_DELAY),
  };
}
