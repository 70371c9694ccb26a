/** What a plugin may say that it does. Administrators read these sentences before they install it. */
export const PLUGIN_RIGHTS = Object.freeze({
  network: 'It asks other servers.',
  database: 'It keeps tables of its own in the database.',
  files: 'It reads or writes files on this server.',
  videos: 'It decides about videos, or changes what is shown of them.',
  users: 'It sees users: their names, e-mail addresses, registrations and logins.',
  following: 'It follows and unfollows instances, or decides about follows.',
  federation: 'It sees, changes or stops what is exchanged with other instances.',
  sharing: 'It decides who shares and caches which files.',
  pages: 'It adds to the pages that visitors see.',
});

export type PluginRight = keyof typeof PLUGIN_RIGHTS;
