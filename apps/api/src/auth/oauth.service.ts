import { Injectable } from '@nestjs/common';
import OAuth2Server from '@node-oauth/oauth2-server';
import { networkOf } from '@vidiverse/torrent';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { PluginRefusalError } from '../shared/plugin-refusal.js';
import type { TokenRequest } from './dto/token-request.js';
import type { TokenView } from './dto/token-view.js';
import { LoginAttempts } from './login-attempts.js';
import { LoginHooks } from './login-hooks.service.js';
import { OAuthModel } from './oauth-model.js';

/** The password and refresh grants, in PeerTube's answer shape, with limits on failed logins. */
@Injectable()
export class OAuthService {
  private readonly server: OAuth2Server;

  constructor(
    model: OAuthModel,
    { auth }: Config,
    private readonly hooks: LoginHooks,
    private readonly attempts: LoginAttempts,
  ) {
    this.server = new OAuth2Server({
      model,
      accessTokenLifetime: auth.accessTokenLifetime,
      refreshTokenLifetime: auth.refreshTokenLifetime,
    });
  }

  /**
   * @throws DomainError `invalid_grant`, `invalid_client`, ...; TooManyRequestsError after too many failed logins;
   * PluginRefusalError
   */
  async grant(body: TokenRequest, address: string): Promise<TokenView> {
    if (body.grant_type !== 'password') return this.run(body);
    const wasRight = this.attempts.begin(address, body.username);
    try {
      const view = await this.hooks.from(networkOf(address), () => this.run(body));
      wasRight();
      return view;
    } catch (error) {
      if (error instanceof PluginRefusalError) wasRight();
      throw error;
    }
  }

  private async run(body: TokenRequest): Promise<TokenView> {
    try {
      const token = await this.server.token(
        new OAuth2Server.Request({
          method: 'POST',
          query: {},
          // The library reads forms only; JSON bodies were parsed to the same fields.
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' },
          body,
        }),
        new OAuth2Server.Response({}),
      );
      const secondsUntil = (date: Date) => Math.floor((date.getTime() - Date.now()) / 1000);
      return {
        token_type: 'Bearer',
        access_token: token.accessToken,
        refresh_token: token.refreshToken!,
        expires_in: secondsUntil(token.accessTokenExpiresAt!),
        refresh_token_expires_in: secondsUntil(token.refreshTokenExpiresAt!),
      };
    } catch (error) {
      // The library takes what our model throws for a fault of the server.
      const { inner } = error as { inner?: unknown };
      if (inner instanceof PluginRefusalError) throw inner;
      if (!(error instanceof OAuth2Server.OAuthError) || error.code >= 500) throw error;
      throw new DomainError(error.code, error.name, error.message);
    }
  }
}
