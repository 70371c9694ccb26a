import { z } from 'zod';
import { configSchema } from './config.schema.js';
import { environmentNames } from './environment-names.js';

interface JsonSchema {
  description?: string;
  default?: unknown;
  enum?: unknown[];
  type?: string | string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
}

const schemaOf = (root: JsonSchema, key: string): JsonSchema =>
  key.split('.').reduce<JsonSchema>((schema, part) => schema.properties?.[part] ?? {}, root);

function kind({ enum: values, type, anyOf, items }: JsonSchema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (anyOf) return [...new Set(anyOf.map(kind))].join(' or ');
  if (type === 'array') return `list of ${items ? kind(items) : 'values'}`;
  return String(type ?? 'value');
}

/** docs/configuration.md, made from the schema: a row for each key. */
export function configurationPage(): string {
  const root = z.toJSONSchema(configSchema, { io: 'output', unrepresentable: 'any' }) as JsonSchema;
  const defaults = configSchema.parse({}) as Record<string, unknown>;
  const rows = environmentNames().map(({ key, name }) => {
    const schema = schemaOf(root, key);
    const value = key
      .split('.')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], defaults);
    const shown = value === undefined ? '' : `\`${Array.isArray(value) ? value.join(', ') : String(value)}\``;
    return `| \`${key}\` | \`${name}\` | ${kind(schema)} | ${shown} | ${schema.description ?? ''} |`;
  });
  return [
    '# Configuration',
    '',
    'Made from the schema by `node scripts/make-configuration-page.mjs`; do not edit.',
    '',
    'Settings come from the YAML file that `VIDIVERSE_CONFIG` names and from the environment, which wins. A variable with',
    '`_FILE` at its end names a file that holds the value (for secrets). Sizes are bytes, times seconds.',
    '',
    '| key | variable | value | default | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
