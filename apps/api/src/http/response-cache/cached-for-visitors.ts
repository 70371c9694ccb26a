import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AnyHook } from '@vidiverse/hooks';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../../auth/access.js';
import { ResponseCache } from './response-cache.js';

/** Metadata key that the interceptor reads: hooks whose handlers change the answer. */
const HOOKS = 'vidiverse:cached-for-visitors';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers visitors from the cache, and users anew. */
@Injectable()
export class VisitorCacheInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly cache: ResponseCache,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const { user, url } = http.getRequest<AuthenticatedRequest>();
    if (user) return next.handle();
    const hooks = this.reflector.get<AnyHook[]>(HOOKS, context.getHandler());
    http.getResponse<FastifyReply>().type(JSON_TYPE);
    return from(this.cache.get(url, hooks, async () => JSON.stringify(await lastValueFrom(next.handle()))));
  }
}

/**
 * The route's JSON depends on its address, the database and these hooks alone, or on the user: visitors are answered alike
 * (response-cache.ts). For GET routes that return their answer.
 */
export const CachedForVisitors = (...hooks: AnyHook[]) =>
  applyDecorators(SetMetadata(HOOKS, hooks), UseInterceptors(VisitorCacheInterceptor));
