import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { networkOf } from '@vidiverse/torrent';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { TooManyRequestsError } from '../shared/domain-error.js';

const MAX_VISITORS = 100_000;

interface Window {
  requests: number;
  ends: number;
}

/** `http.requestsPerWindow` for the API, per visitor; pages, files and the tracker have limits of their own. */
@Injectable()
export class ApiLimitGuard implements CanActivate {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { url, ip } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!url.startsWith('/api/')) return true;
    const now = Date.now();
    const window = this.windowOf(networkOf(ip), now);
    window.requests += 1;
    if (window.requests > this.config.http.requestsPerWindow)
      throw new TooManyRequestsError('Too many requests. Try again later.', (window.ends - now) / 1000);
    return true;
  }

  private windowOf(visitor: string, now: number): Window {
    const known = this.windows.get(visitor);
    if (known && known.ends > now) return known;
    const window = { requests: 0, ends: now + this.config.http.requestWindow * 1000 };
    this.windows.delete(visitor);
    this.windows.set(visitor, window);
    // The map keeps insertion order: the first window ends first.
    if (this.windows.size > MAX_VISITORS) this.windows.delete(this.windows.keys().next().value!);
    return window;
  }
}
