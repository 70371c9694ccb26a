import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ForbiddenError, UnauthorizedError } from '../shared/domain-error.js';
import type { UserRole } from '../users/user.entity.js';
import { type AuthenticatedRequest, IGNORES_TOKEN, REQUIRED_ROLES } from './access.js';
import { TokensService } from './tokens.service.js';

/** Says for each request who asks, and whether the route is for them. Global; a guard, since middleware can be walked around. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokensService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.user = null;
    if (this.read<boolean>(IGNORES_TOKEN, context)) return true;
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    // A token that is wrong is an error on open routes too: the client must refresh it, not show a visitor's view.
    if (bearer) request.user = await this.tokens.userOf(bearer);
    const roles = this.read<UserRole[]>(REQUIRED_ROLES, context);
    if (!roles) return true;
    if (!request.user) throw new UnauthorizedError();
    if (roles.length > 0 && !roles.includes(request.user.role))
      throw new ForbiddenError('Your role does not permit this.');
    return true;
  }

  private read<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}
