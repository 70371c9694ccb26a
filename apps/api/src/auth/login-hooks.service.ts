import { Injectable } from '@nestjs/common';
import { HookRegistry, loginAttempted } from '@vidiverse/hooks';
import { AsyncLocalStorage } from 'node:async_hooks';
import { assertAllowed } from '../shared/plugin-refusal.js';
import { type UserEntity, UserRole } from '../users/user.entity.js';
import { viewer } from '../users/viewer.js';

/** What plugins say to a login whose password is right. */
@Injectable()
export class LoginHooks {
  /** The OAuth2 library hands on name and password only. */
  private readonly network = new AsyncLocalStorage<string>();

  constructor(private readonly registry: HookRegistry) {}

  /** Runs a login that comes from this network. */
  from<Result>(network: string, login: () => Promise<Result>): Promise<Result> {
    return this.network.run(network, login);
  }

  /** Administrators are not asked about: who can switch a plugin off must not be locked out by it. @throws PluginRefusalError */
  async assertWelcome(user: UserEntity): Promise<void> {
    if (user.role === UserRole.Administrator || !this.registry.hasHandlers(loginAttempted)) return;
    const subject = { user: viewer(user), network: this.network.getStore()! };
    assertAllowed(await this.registry.guard(loginAttempted, subject));
  }
}
