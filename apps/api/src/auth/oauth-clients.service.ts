import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { OAuthClientEntity } from './oauth-client.entity.js';
import { randomToken } from './secrets.js';

/** The one client that every app uses; made when it is first asked for. */
@Injectable()
export class OAuthClientsService {
  constructor(@InjectRepository(OAuthClientEntity) private readonly clients: Repository<OAuthClientEntity>) {}

  async local(): Promise<OAuthClientEntity> {
    const known = await this.clients.findOne({ where: {}, order: { id: 'ASC' } });
    return (
      known ??
      this.clients.save(this.clients.create({ clientId: randomToken(), clientSecret: randomToken() }))
    );
  }

  find(clientId: string, clientSecret: string): Promise<OAuthClientEntity | null> {
    return this.clients.findOneBy({ clientId, clientSecret });
  }
}
