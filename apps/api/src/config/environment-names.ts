import { z } from 'zod';
import { configSchema } from './config.schema.js';

/** Names that automated set-ups rely on and that do not follow from the key. */
const SPECIAL_NAMES: Record<string, string> = {
  'database.url': 'DATABASE_URL',
  'redis.url': 'REDIS_URL',
  'federation.allowPrivatePeers': 'VIDIVERSE_ALLOW_PRIVATE_PEERS',
};

const derivedName = (key: string) =>
  'VIDIVERSE_' +
  key
    .replaceAll('.', '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const definition = schema._zod.def as { innerType?: z.core.$ZodType };
  return definition.innerType ? unwrap(definition.innerType) : schema;
}

function* leafKeys(schema: z.core.$ZodType, path: string): Generator<string> {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) {
    yield path;
    return;
  }
  for (const [name, child] of Object.entries(inner.shape))
    yield* leafKeys(child as z.core.$ZodType, path ? `${path}.${name}` : name);
}

/** Every configuration key with the environment variable that sets it. A variable ending in `_FILE` names a file holding the value. */
export function environmentNames(): Array<{ key: string; name: string }> {
  return [...leafKeys(configSchema, '')].map((key) => ({
    key,
    name: SPECIAL_NAMES[key] ?? derivedName(key),
  }));
}
