import { Injectable } from '@nestjs/common';
import OAuth2Server from '@node-oauth/oauth2-server';
import { Config } from '../config/config.js';
import { UserEntity } from '../users/user.entity.js';
import { LoginHooks } from './login-hooks.service.js';
import { LoginService } from './login.service.js';
import { OAuthClientsService } from './oauth-clients.service.js';
import { randomToken } from './secrets.js';
import { TokensService } from './tokens.service.js';

type Client = OAuth2Server.Client;
type Token = OAuth2Server.Token;

const GRANTS = ['password', 'refresh_token'];

/** The library's questions about clients, users and tokens, answered from the database. */
@Injectable()
export class OAuthModel implements OAuth2Server.PasswordModel, OAuth2Server.RefreshTokenModel {
  constructor(
    private readonly clients: OAuthClientsService,
    private readonly tokens: TokensService,
    private readonly logins: LoginService,
    private readonly config: Config,
    private readonly hooks: LoginHooks,
  ) {}

  async getClient(clientId: string, clientSecret: string): Promise<Client | false> {
    const client = await this.clients.find(clientId, clientSecret ?? '');
    return client ? { id: String(client.id), grants: GRANTS } : false;
  }

  async getUser(username: string, password: string): Promise<UserEntity | false> {
    const user = await this.logins.check(username, password);
    if (user) await this.hooks.assertWelcome(user);
    return user ?? false;
  }

  async generateAccessToken(): Promise<string> {
    return randomToken();
  }

  async generateRefreshToken(): Promise<string> {
    return randomToken();
  }

  async saveToken(token: Token, client: Client, user: OAuth2Server.User): Promise<Token> {
    const issued = {
      accessToken: token.accessToken,
      accessTokenExpiresAt: token.accessTokenExpiresAt!,
      refreshToken: token.refreshToken!,
      refreshTokenExpiresAt: token.refreshTokenExpiresAt!,
      family: user.family as string | undefined,
    };
    await this.tokens.store(issued, user.id as number);
    return { ...token, client, user };
  }

  /**
   * A refresh token that was used before ends its whole family: one of the two users stole it. Not at once: two tabs, or
   * a client that lost the answer, ask again within seconds and are only refused.
   */
  async getRefreshToken(refreshToken: string): Promise<OAuth2Server.RefreshToken | false> {
    const row = await this.tokens.findByRefreshToken(refreshToken);
    if (!row) return false;
    if (row.revokedAt) {
      const grace = this.config.auth.refreshReuseGrace * 1000;
      if (row.revokedAt.getTime() + grace <= Date.now()) await this.tokens.revokeFamily(row.family);
      return false;
    }
    return {
      refreshToken,
      refreshTokenExpiresAt: row.refreshTokenExpiresAt,
      client: await this.clients.local().then(({ id }) => ({ id: String(id), grants: GRANTS })),
      user: { id: row.userId, family: row.family },
      rowId: row.id,
    };
  }

  async revokeToken(token: OAuth2Server.RefreshToken | Token): Promise<boolean> {
    return this.tokens.revoke(token.rowId as number);
  }

  async getAccessToken(): Promise<false> {
    // Requests are authenticated by the access guard.
    return false;
  }

  async validateScope(
    _user: OAuth2Server.User,
    _client: Client,
    scope?: string[],
  ): Promise<string[] | false> {
    return scope ?? [];
  }
}
