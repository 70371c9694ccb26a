import { Injectable } from '@nestjs/common';
import { ForbiddenError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { LoginAttempts } from './login-attempts.js';
import { PasswordsService } from './passwords.service.js';

/** Asks the password once more before what a stolen token alone must not do. Wrong ones count as failed logins. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly passwords: PasswordsService,
  ) {}

  /** `address`: of who asks. @throws ForbiddenError `wrong_password`, TooManyRequestsError */
  async confirm({ username, passwordHash }: UserEntity, password: string, address: string): Promise<void> {
    const wasRight = this.attempts.begin(address, username);
    if (!(await this.passwords.matches(passwordHash, password)))
      throw new ForbiddenError('The password is not right.', 'wrong_password');
    wasRight();
  }
}
