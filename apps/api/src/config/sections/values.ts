import { z } from 'zod';

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

export const url = z.url({
  protocol: /^https?$/,
  error: 'must be an http(s) URL without a path, such as https://video.example',
});
export const listen = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be <address>:<port>, such as 127.0.0.1:9000');
export const stunServer = z
  .string()
  .regex(/^stuns?:(\[[0-9a-fA-F:]+\]|[^:\s/?]+)(:\d{1,5})?$/, 'must be stun:<host>:<port>');
export const role = z.enum(['web', 'worker', 'tracker']);
export const seconds = z.coerce.number().int().positive();
export const milliseconds = z.coerce.number().int().positive();
export const bytes = z.coerce.number().int().positive();
export const count = z.coerce.number().int().positive();
/** Bytes a user may store; -1 means no limit, as in PeerTube. */
export const quota = z.coerce.number().int().min(-1);
export const flag = z.stringbool().or(z.boolean());
/** A list in YAML, or comma separated in the environment. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
        : value,
    z.array(item),
  );
