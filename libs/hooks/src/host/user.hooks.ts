import { defineEvent, defineGuard } from '../hook.js';
import type { UserRole, Viewer } from './people.data.js';

/** Somebody who is to become a user. */
export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly role: UserRole;
  /** Null: they register themselves, which is not possible yet. */
  readonly createdBy: Viewer | null;
}

export const userRegistering = defineGuard<NewUser>({
  name: 'users.user.register',
  description: `
Called before an administrator makes a user; not for the first administrator, whom the instance makes. Both \`refuse\` and \`hold\` end it, and whoever asked reads the reason; after \`hold\` they may try again.`,
  example: `({ email }) => (email.endsWith('@throwaway.example') ? refuse('Use an address that lasts.') : undefined)`,
});

/** Without an e-mail address: whoever needs it says so with the right `users` and asks for it. */
export const userRegistered = defineEvent<Viewer>({
  name: 'users.user.registered',
  description: 'There is a new user, with an account and a channel. The first administrator is one, too.',
  example: `({ username }) => void console.log('welcome', username)`,
});

/** A login whose password is right. */
export interface Login {
  readonly user: Viewer;
  /** An IPv4 address, or the first 64 bits of an IPv6 address. It says who somebody is: keep it no longer than needed. */
  readonly network: string;
}

export const loginAttempted = defineGuard<Login>({
  name: 'auth.user.log-in',
  description: `
Called for each login with a right password, before there is a token; not when a token is refreshed, and never for
administrators: a plugin that breaks must not lock out who can switch it off. Both \`refuse\` and \`hold\` end the login, and
the user reads the reason.`,
  example: `({ user }) => (new Date().getUTCHours() < 6 && user.role === 'user' ? hold('At night nobody logs in.') : undefined)`,
});
