import { Injectable } from '@nestjs/common';
import OAuth2Server from '@node-oauth/oauth2-server';
import { networkOf } from '@vidiverse/torrent';
import { Config } from '../config/config.js';
import { DomainError, TooManyRequestsError } from '../shared/domain-error.js';
import { PluginRefusalError } from '../shared/plugin-refusal.js';
import { Attempts } from './attempts.js';
import type { TokenRequest } from './dto/token-request.js';
import type { TokenView } from './dto/token-view.js';
import { LoginHooks } from './login-hooks.service.js';
import { OAuthModel } from './oauth-model.js';

/** The password and refresh grants, in PeerTube's answer shape, with limits on failed logins. */
@Injectable()
export class OAuthService {
  private readonly server: OAuth2Server;
  private readonly failures: Attempts;

  constructor(
    model: OAuthModel,
    { auth }: Config,
    private readonly hooks: LoginHooks,
  ) {
    this.server = new OAuth2Server({
      model,
      accessTokenLifetime: auth.accessTokenLifetime,
      refreshTokenLifetime: auth.refreshTokenLifetime,
    });
    this.failures = new Attempts(auth.loginAttempts, auth.loginWindow * 1000);
  }

  /**
   * @throws DomainError `invalid_grant`, `invalid_client`, ...; TooManyRequestsError after too many failed logins;
   * PluginRefusalError
   */
  async grant(body: TokenRequest, address: string): Promise<TokenView> {
    if (body.grant_type !== 'password') return this.run(body);
    const network = networkOf(address);
    const from = `address ${network}`;
    const account = `account ${body.username?.trim().toLowerCase()}`;
    const wait = Math.max(this.failures.waitFor(from), this.failures.waitFor(account));
    if (wait > 0) throw new TooManyRequestsError('Too many failed logins. Try again later.', wait / 1000);
    // Counted before the password is checked, so that parallel tries are counted too.
    this.failures.add(from);
    this.failures.add(account);
    try {
      const view = await this.hooks.from(network, () => this.run(body));
      this.rightPassword(from, account);
      return view;
    } catch (error) {
      if (error instanceof PluginRefusalError) this.rightPassword(from, account);
      throw error;
    }
  }

  /** The address keeps its failures: whoever has one account could else go on guessing at others. */
  private rightPassword(from: string, account: string): void {
    this.failures.takeBack(from);
    this.failures.forget(account);
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
