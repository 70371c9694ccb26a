import type { SettingSchema } from '../api/plugin-types';

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'url'
  /** Not shown while it is typed. */
  | 'secret'
  | 'number'
  | 'switch'
  | 'choice'
  /** A list of texts, one a line. */
  | 'lines'
  /** Some of a few texts. */
  | 'checks'
  /** A list of objects, each with fields of its own. */
  | 'rows'
  | 'json';

/** A field of a form that was made from a schema. */
export interface SettingField {
  key: string;
  kind: FieldKind;
  label: string;
  hint: string;
  /** It can be left empty. */
  optional: boolean;
  /** Empty, it is sent as null; otherwise it is not sent and its default holds. */
  nullable: boolean;
  /** Of `choice` and `checks`. */
  choices: Array<{ id: string; label: string }>;
  /** Of each of the `rows`. */
  fields: SettingField[];
  /** Without null. */
  schema: SettingSchema;
}

/** The fields of a schema, in its order. A kind of value that has no control of its own is written as JSON. */
export function fieldsOf({
  properties = {},
  required = [],
}: Pick<SettingSchema, 'properties' | 'required'>): SettingField[] {
  return Object.entries(properties).map(([key, property]) => {
    const schema = withoutNull(property);
    const nullable = schema !== property;
    const kind = kindOf(schema);
    const optional = nullable || !required.includes(key);
    return {
      key,
      kind,
      label: property.title ?? labelOf(key),
      hint: hintOf(property, kind, nullable),
      optional,
      nullable,
      choices: choicesOf(schema.enum ?? schema.items?.enum),
      fields: kind === 'rows' ? fieldsOf(schema.items!) : [],
      schema,
    };
  });
}

const choicesOf = (values: unknown[] = []): SettingField['choices'] =>
  values.map((value) => ({ id: String(value), label: String(value) }));

/** What may be null is written as a list of types, or as a choice of two schemas: the other one. */
function withoutNull(schema: SettingSchema): SettingSchema {
  const { anyOf, type } = schema;
  if (Array.isArray(type) && type.length === 2 && type.includes('null'))
    return {
      ...schema,
      type: type.find((name) => name !== 'null'),
      enum: schema.enum?.filter((value) => value !== null),
    };
  const others = anyOf?.filter((choice) => choice.type !== 'null');
  if (others?.length !== 1 || anyOf?.length !== 2) return schema;
  const { default: fallback, format } = schema;
  return { ...(format && { format }), ...others[0], default: fallback };
}

function kindOf({ type, format, enum: choices, items }: SettingSchema): FieldKind {
  if (choices?.every((choice) => typeof choice === 'string' || typeof choice === 'number')) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'array' && items?.type === 'string') return items.enum ? 'checks' : 'lines';
  if (type === 'array' && items && hasKnownFields(items)) return 'rows';
  if (type !== 'string') return 'json';
  if (format === 'textarea') return 'textarea';
  if (format === 'password') return 'secret';
  return format === 'uri' ? 'url' : 'text';
}

/** What a form does not show, it would lose. */
const hasKnownFields = ({ type, properties, additionalProperties }: SettingSchema): boolean =>
  type === 'object' && properties !== undefined && !additionalProperties;

/** `maxItems` is `Max items`. */
function labelOf(key: string): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hintOf({ description = '', default: fallback }: SettingSchema, kind: FieldKind, nullable: boolean) {
  const texts = [description.trim()];
  if (kind === 'lines') texts.push('One a line.');
  if (kind === 'json') texts.push('Written as JSON.');
  const isText = typeof fallback === 'number' || (typeof fallback === 'string' && fallback !== '');
  if (isText && kind === 'choice') texts.push(`The default is ${fallback}.`);
  else if (isText && !nullable) texts.push(`Left empty, it is ${fallback}.`);
  return texts.filter(Boolean).join(' ');
}
