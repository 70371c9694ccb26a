import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { IsNull, LessThan, type Repository } from 'typeorm';
import { UnauthorizedError } from '../shared/domain-error.js';
import { UserEntity } from '../users/user.entity.js';
import { OAuthTokenEntity } from './oauth-token.entity.js';
import { hashToken } from './secrets.js';

export interface IssuedToken {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  refreshTokenExpiresAt: Date;
  /** Given when an earlier token is refreshed. */
  family?: string;
}

/** Stores tokens as hashes, answers whose a token is, and ends them. */
@Injectable()
export class TokensService {
  constructor(
    @InjectRepository(OAuthTokenEntity) private readonly tokens: Repository<OAuthTokenEntity>,
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
  ) {}

  /** @throws UnauthorizedError (`invalid_token`) for a token that is unknown, ended, or of a blocked user. */
  async userOf(accessToken: string): Promise<UserEntity> {
    const token = await this.tokens.findOneBy({
      accessTokenHash: hashToken(accessToken),
      revokedAt: IsNull(),
    });
    const user =
      token && token.accessTokenExpiresAt > new Date()
        ? await this.users.findOneBy({ id: token.userId })
        : null;
    if (!user || user.blocked) throw new UnauthorizedError('The access token is not valid.', 'invalid_token');
    return user;
  }

  async store(token: IssuedToken, userId: number): Promise<void> {
    await this.tokens.save(
      this.tokens.create({
        accessTokenHash: hashToken(token.accessToken),
        accessTokenExpiresAt: token.accessTokenExpiresAt,
        refreshTokenHash: hashToken(token.refreshToken),
        refreshTokenExpiresAt: token.refreshTokenExpiresAt,
        family: token.family ?? randomUUID(),
        revokedAt: null,
        userId,
      }),
    );
  }

  /** The row of a refresh token, ended or not; the caller decides by `revokedAt`. */
  findByRefreshToken(refreshToken: string): Promise<OAuthTokenEntity | null> {
    return this.tokens.findOneBy({ refreshTokenHash: hashToken(refreshToken) });
  }

  /** Ends one token. False when another request ended it first: of two parallel uses one wins. */
  async revoke(id: number): Promise<boolean> {
    const { affected } = await this.tokens.update({ id, revokedAt: IsNull() }, { revokedAt: new Date() });
    return affected === 1;
  }

  /** Ends everything that came from one login. */
  async revokeFamily(family: string): Promise<void> {
    await this.tokens.update({ family, revokedAt: IsNull() }, { revokedAt: new Date() });
  }

  async revokeAccessToken(accessToken: string): Promise<void> {
    const token = await this.tokens.findOneBy({ accessTokenHash: hashToken(accessToken) });
    if (token) await this.revokeFamily(token.family);
  }

  /** Ends every session of a user, as after a new password. */
  async revokeAllOf(userId: number): Promise<void> {
    await this.tokens.update({ userId, revokedAt: IsNull() }, { revokedAt: new Date() });
  }

  /** Forgets what can no longer be used, not even to notice a second use. */
  async removeExpired(): Promise<void> {
    await this.tokens.delete({ refreshTokenExpiresAt: LessThan(new Date()) });
  }
}
