import { expect, test } from '@jest/globals';
import type { SettingSchema } from '../api/plugin-types';
import { fieldsOf } from './setting-fields';

const fieldOf = (schema: SettingSchema, required: string[] = []) =>
  fieldsOf({ properties: { maxItems: schema }, required })[0]!;

test.each<[SettingSchema, string]>([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', format: 'textarea' }, 'textarea'],
  [{ type: 'string', format: 'password' }, 'secret'],
  [{ type: 'string', format: 'uri' }, 'url'],
  [{ type: 'integer' }, 'number'],
  [{ type: 'number' }, 'number'],
  [{ type: 'boolean' }, 'switch'],
  [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
  [{ type: 'array', items: { type: 'string' } }, 'lines'],
  [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'checks'],
  [{ type: 'array', items: { type: 'object', properties: { url: { type: 'string' } } } }, 'rows'],
  [{ type: 'array', items: { type: 'object', properties: {}, additionalProperties: {} } }, 'json'],
  [{ type: 'array', items: { type: 'object' } }, 'json'],
  [{ type: 'array', items: { type: 'number' } }, 'json'],
  [{ type: 'object' }, 'json'],
  [{ type: ['string', 'number'] }, 'json'],
  [{}, 'json'],
])('%j is edited as %s', (schema, kind) => {
  expect(fieldOf(schema).kind).toBe(kind);
});

test.each<[SettingSchema, string]>([
  [{ type: ['string', 'null'], format: 'textarea' }, 'textarea'],
  [{ anyOf: [{ type: 'string', format: 'uri' }, { type: 'null' }], default: null }, 'url'],
  [{ anyOf: [{ type: 'number', minimum: 2 }, { type: 'null' }] }, 'number'],
])('%j is %s that may be null', (schema, kind) => {
  expect(fieldOf(schema, ['maxItems'])).toMatchObject({ kind, nullable: true, optional: true });
});

test('a field is called by its title, or by its key in words', () => {
  expect(fieldOf({ title: 'Most at once' }).label).toBe('Most at once');
  expect(fieldOf({}).label).toBe('Max items');
});

test('its hint is its description, how it is written, and what it is when it is left empty', () => {
  expect(fieldOf({ type: 'integer', description: 'Per page.', default: 5 }).hint).toBe(
    'Per page. Left empty, it is 5.',
  );
  expect(fieldOf({ type: 'array', items: { type: 'string' }, default: [] }).hint).toBe('One a line.');
  expect(fieldOf({ type: 'string', enum: ['a'], default: 'a' }).hint).toBe('The default is a.');
});

test('what the schema requires cannot be left empty', () => {
  expect(fieldOf({ type: 'string' }, ['maxItems']).optional).toBe(false);
  expect(fieldOf({ type: 'string' }).optional).toBe(true);
});

test('rows have the fields of their objects', () => {
  const { fields } = fieldOf({
    type: 'array',
    items: {
      type: 'object',
      properties: {
        url: { type: 'string' },
        events: { type: 'array', items: { type: 'string', enum: ['a'] } },
      },
      required: ['url'],
    },
  });
  expect(fields).toMatchObject([
    { key: 'url', kind: 'text', optional: false },
    { key: 'events', kind: 'checks', optional: true, choices: [{ id: 'a', label: 'a' }] },
  ]);
});
