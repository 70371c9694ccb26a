import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiLimitGuard } from '../http/api-limit.guard.js';
import { UserEntity } from '../users/user.entity.js';
import { AccessGuard } from './access.guard.js';
import { LoginAttempts } from './login-attempts.js';
import { LoginHooks } from './login-hooks.service.js';
import { LoginService } from './login.service.js';
import { OAuthClientEntity } from './oauth-client.entity.js';
import { OAuthClientsService } from './oauth-clients.service.js';
import { OAuthModel } from './oauth-model.js';
import { OAuthTokenEntity } from './oauth-token.entity.js';
import { OAuthController } from './oauth.controller.js';
import { OAuthService } from './oauth.service.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { PasswordsService } from './passwords.service.js';
import { TokenSweeper } from './token-sweeper.js';
import { TokensService } from './tokens.service.js';

/** Who asks: tokens, passwords and the guard in front of every route. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OAuthClientEntity, OAuthTokenEntity, UserEntity])],
  controllers: [OAuthController],
  providers: [
    TokensService,
    OAuthClientsService,
    OAuthModel,
    OAuthService,
    LoginService,
    LoginAttempts,
    LoginHooks,
    PasswordsService,
    PasswordConfirmation,
    TokenSweeper,
    // In this order: a flood must not reach the database.
    { provide: APP_GUARD, useClass: ApiLimitGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [TokensService, PasswordsService, PasswordConfirmation, LoginService],
})
export class AuthModule {}
