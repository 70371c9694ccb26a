import type { Config } from '../config/config.js';

/** Of an account or a channel: its name in lower case, and its host, which is empty for ours. */
export interface HandleParts {
  name: string;
  host: string;
}

/** What a handle names: `name`, `@name` or `name@host`. Whatever is none of these names nobody. */
export function handleParts(handle: string, { url }: Pick<Config, 'url'>): HandleParts {
  const [name, host, ...rest] = handle.replace(/^@/, '').toLowerCase().split('@');
  if (!name || rest.length > 0) return { name: '', host: '' };
  return { name, host: host === undefined || host === new URL(url).host ? '' : host };
}
