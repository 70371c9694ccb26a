import { Injectable } from '@nestjs/common';
import { networkOf } from '@vidiverse/torrent';
import { Config } from '../config/config.js';
import { TooManyRequestsError } from '../shared/domain-error.js';
import { Attempts } from './attempts.js';

/** Counts passwords that were wrong, wherever they are asked for: by the network they came from, and by the account. */
@Injectable()
export class LoginAttempts {
  private readonly failures: Attempts;

  constructor({ auth }: Config) {
    this.failures = new Attempts(auth.loginAttempts, auth.loginWindow * 1000);
  }

  /**
   * Counts one before its password is checked, so that parallel tries are counted too. Answers what to call when the password was
   * right. @throws TooManyRequestsError
   */
  begin(address: string, username: string | undefined): () => void {
    const from = `address ${networkOf(address)}`;
    const account = `account ${username?.trim().toLowerCase()}`;
    const wait = Math.max(this.failures.waitFor(from), this.failures.waitFor(account));
    if (wait > 0) throw new TooManyRequestsError('Too many failed logins. Try again later.', wait / 1000);
    this.failures.add(from);
    this.failures.add(account);
    return () => {
      // The address keeps its other failures: whoever has one account could else go on guessing at others.
      this.failures.takeBack(from);
      this.failures.forget(account);
    };
  }
}
