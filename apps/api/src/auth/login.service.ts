import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { UserEntity } from '../users/user.entity.js';
import { PasswordsService } from './passwords.service.js';

/** Checks a name (or e-mail address) with its password. */
@Injectable()
export class LoginService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly passwords: PasswordsService,
  ) {}

  /** The user, or null: for a wrong password, an unknown name and a blocked user alike, after the same time. */
  async check(usernameOrEmail: string, password: string): Promise<UserEntity | null> {
    const name = usernameOrEmail.trim().toLowerCase();
    const user = await this.users.findOne({ where: [{ username: name }, { email: name }] });
    const matches = await this.passwords.matches(user?.passwordHash, password);
    return matches && user && !user.blocked ? user : null;
  }
}
