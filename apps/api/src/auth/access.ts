import { createParamDecorator, type ExecutionContext, SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiForbiddenResponse, ApiOAuth2, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { UserEntity, UserRole } from '../users/user.entity.js';

/** A request after the access guard: who asks, or null for a visitor. */
export interface AuthenticatedRequest extends FastifyRequest {
  user: UserEntity | null;
}

/** Metadata key the access guard reads: the roles that may call the route; an empty list means any user. */
export const REQUIRED_ROLES = 'vidiverse:required-roles';

/** Metadata key the access guard reads: the route is for clients that have no valid token, or not any more. */
export const IGNORES_TOKEN = 'vidiverse:ignores-token';

/** The route answers everybody alike: an access token that has ended must not keep a client from a new one. */
export const IgnoresToken = () => SetMetadata(IGNORES_TOKEN, true);

/** The route needs a valid access token: 401 without. */
export const RequireUser = () =>
  applyDecorators(
    SetMetadata<string, UserRole[]>(REQUIRED_ROLES, []),
    ApiOAuth2([], 'oauth'),
    ApiUnauthorizedResponse({ description: 'No valid access token.' }),
  );

/** The route needs a user of one of these roles: 401 without a token, 403 with another role. */
export const RequireRole = (...roles: UserRole[]) =>
  applyDecorators(
    SetMetadata<string, UserRole[]>(REQUIRED_ROLES, roles),
    ApiOAuth2([], 'oauth'),
    ApiUnauthorizedResponse({ description: 'No valid access token.' }),
    ApiForbiddenResponse({ description: 'The user’s role does not permit it.' }),
  );

/** The user who asks: `UserEntity` behind `RequireUser`, `UserEntity | null` elsewhere. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AuthenticatedRequest>().user,
);
