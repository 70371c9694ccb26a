import { expect, test } from '@jest/globals';
import type { SettingSchema } from '../api/plugin-types';
import { fieldsOf } from './setting-fields';
import { problemsBelow, readForm, refusedFields, toForm } from './settings-form';

const schema = {
  properties: {
    greeting: { type: 'string', minLength: 1, maxLength: 5, default: 'Hello' },
    count: { type: 'integer', minimum: 1, maximum: 10 },
    on: { type: 'boolean', default: true },
    mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
    hosts: { type: 'array', items: { type: 'string', minLength: 3 }, maxItems: 2, default: [] },
    note: { type: ['string', 'null'], format: 'textarea', default: null },
    marks: { type: 'array', items: { type: 'string', enum: ['x', 'y'] }, default: [] },
    targets: {
      type: 'array',
      items: {
        type: 'object',
        properties: { url: { type: 'string', minLength: 3 }, on: { type: 'boolean', default: true } },
        required: ['url'],
      },
      maxItems: 2,
      default: [],
    },
    more: { type: 'object' },
  } satisfies Record<string, SettingSchema>,
  required: ['count'],
};
const fields = fieldsOf(schema);
const settings = {
  greeting: 'Hi',
  count: 3,
  on: false,
  mode: 'b',
  hosts: ['one', 'two'],
  note: 'a\nb',
  marks: ['y'],
  targets: [
    { url: 'one', on: false },
    { url: 'two', on: true },
  ],
  more: { deep: [1] },
};

test('what is shown and read again is the same', () => {
  expect(readForm(fields, toForm(fields, settings))).toEqual({ settings });
});

test('what is not set shows its default', () => {
  expect(toForm(fields, {})).toEqual({
    greeting: 'Hello',
    count: '',
    on: true,
    mode: 'a',
    hosts: '',
    note: '',
    marks: '',
    targets: [],
    more: '',
  });
});

test('what is left empty is not sent, so that its default holds; null and the empty list are values', () => {
  const form = {
    ...toForm(fields, settings),
    greeting: ' ',
    hosts: '\n',
    note: '',
    marks: '',
    targets: [],
    more: '',
  };
  expect(readForm(fields, form)).toEqual({
    settings: { count: 3, on: false, mode: 'b', hosts: [], note: null, marks: [], targets: [] },
  });
});

test.each([
  ['count', '', 'A number is needed.'],
  ['count', 'many', 'A number is needed.'],
  ['count', '1.5', 'A whole number is needed.'],
  ['count', '0', 'It is at least 1.'],
  ['count', '11', 'It is at most 10.'],
  ['greeting', 'Welcome', 'at most 5 characters; this one has 7'],
  ['hosts', 'one\nno', 'Line 2: It has at least 3 characters'],
  ['hosts', 'one\ntwo\nthree', 'At most 2 lines'],
  ['more', '{', 'This is not JSON.'],
])('%s written as %j is told before it is sent', (key, value, problem) => {
  const read = readForm(fields, { ...toForm(fields, settings), [key]: value });
  expect(read).toEqual({ problems: { [key]: expect.stringContaining(problem) } });
});

test('whole numbers without limits of their own may be as large as JavaScript counts exactly', () => {
  const [field] = fieldsOf({
    properties: { size: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 } },
  });
  expect(readForm([field!], { size: '9007199254740991' })).toEqual({ settings: { size: 9007199254740991 } });
});

test('what the server refuses is told beside its field, also when it is something within', () => {
  const refused = { 'settings.count': 'too few', 'settings.hosts.1': 'no host', other: 'elsewhere' };
  expect(refusedFields(fields, refused)).toEqual({ count: 'too few', hosts: 'no host' });
});

test('a new row has its defaults, and what is wrong in a row is told by the way there', () => {
  const [targets] = fields.filter(({ key }) => key === 'targets');
  const row = toForm(targets!.fields, {});
  expect(row).toEqual({ url: '', on: true });
  const form = { ...toForm(fields, settings), targets: [{ url: 'one', on: true }, row] };
  const problems = { 'targets.1.url': 'It is needed.' };
  expect(readForm(fields, form)).toEqual({ problems });
  expect(problemsBelow(problems, 'targets')).toEqual({ '1.url': 'It is needed.' });
  expect(problemsBelow(problems, 'target')).toEqual({});
});

test('too many rows are told', () => {
  const form = { ...toForm(fields, settings), targets: Array(3).fill({ url: 'one', on: true }) };
  expect(readForm(fields, form)).toEqual({
    problems: { targets: expect.stringContaining('At most 2 rows') },
  });
});

test('what the server refuses in a row is told beside its field there, or beside all rows', () => {
  const refused = (path: string) => refusedFields(fields, { [`settings.${path}`]: 'no' });
  expect(refused('targets.1.url')).toEqual({ 'targets.1.url': 'no' });
  for (const path of ['targets', 'targets.1', 'targets.1.other'])
    expect(refused(path)).toEqual({ targets: 'no' });
  expect(refused('elsewhere.1.url')).toEqual({});
});
