import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { randomToken } from './secrets.js';

/** argon2id with OWASP's first choice of parameters: 19 MiB, 2 passes, 1 lane. The library works off the main thread. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and checks passwords. */
@Injectable()
export class PasswordsService {
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }

  /** Takes as long for a user who does not exist, or has no password yet, as for a wrong password. */
  async matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    this.decoy ??= this.hash(randomToken());
    const matches = await verify(passwordHash ?? (await this.decoy), password);
    return matches && Boolean(passwordHash);
  }
}
