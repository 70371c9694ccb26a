import { describe, expect, it } from '@jest/globals';
import { DEFAULT_DOCUMENT_LIMITS, readJson } from './read-json.js';

const read = (text: string | Buffer) => readJson(Buffer.from(text));
const codeOf = (body: string | Buffer): string => {
  try {
    read(body);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a body', () => {
  it.each([
    '{"a":[1,-0.5,2e3,true,false,null,"x"],"b":{"c":{}}, "d" : [ ] }',
    '{"text":"\\u00e9\\n\\"\\\\\\/ \\ud83d\\ude00 é 😀"}',
    ' \r\n\t{ } \n',
  ])('is read as JSON.parse reads it: %s', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('is read the same with a byte order mark', () => {
    expect(read('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['a key that is there twice', '{"a":1,"a":1}', 'duplicate_key'],
    ['a key that is there twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['half of a character', '{"a":"\\ud800"}', 'lone_surrogate'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not_utf8'],
    ['an overlong encoding', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), 'not_utf8'],
    ['a number that is too large', '{"a":1e999}', 'not_json'],
    ['a list as its root', '[1]', 'not_an_object'],
    ['a text as its root', '"a"', 'not_an_object'],
    ['null as its root', 'null', 'not_an_object'],
    ['a comma at the end', '{"a":1,}', 'not_json'],
    ['something after its end', '{"a":1} x', 'not_json'],
    ['a bare line break in a text', '{"a":"\n"}', 'not_json'],
    ['a leading zero', '{"a":01}', 'not_json'],
    ['an unknown word', '{"a":nul}', 'not_json'],
    ['an unknown escape', '{"a":"\\x41"}', 'not_json'],
    ['no end', '{"a":[1', 'not_json'],
    ['nothing at all', '', 'not_json'],
  ])('is refused with %s', (_what, body, code) => {
    expect(codeOf(body)).toBe(code);
  });

  it('loses the keys that would reach into objects, at any depth and however they are spelt', () => {
    const text =
      '{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":{"polluted":1}},"\\u005f_proto__":{"polluted":1},"b":1}}';
    expect(read(text)).toEqual({ a: { b: 1 } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    [
      'one byte more than the limit',
      `{"a":"${' '.repeat(DEFAULT_DOCUMENT_LIMITS.maxBytes - 7)}"}`,
      'too_large',
    ],
    ['10,000 objects within each other', '{"a":'.repeat(10_000), 'too_deep'],
    ['10,000 lists within each other', `{"a":${'['.repeat(10_000)}`, 'too_deep'],
    ['a text of more than 100,000 characters', `{"a":"${'x'.repeat(100_001)}"}`, 'string_too_long'],
    ['20,000 recipients', `{"to":[${Array(20_000).fill('"x"').join()}]}`, 'too_many_values'],
    [
      '20,000 keys',
      `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join()}}`,
      'too_many_values',
    ],
  ])('is refused with %s', (_what, body, code) => {
    expect(codeOf(body)).toBe(code);
  });

  it('is read with exactly as much as the limits allow', () => {
    const limits = { maxBytes: 21, maxDepth: 2, maxValues: 4, maxStringLength: 6 };
    expect(readJson(Buffer.from('{"a":["ab",1],"b":{}}'.replace(',"b":{}', ' '.repeat(7))), limits)).toEqual({
      a: ['ab', 1],
    });
  });
});
