import { describe, expect, test } from '@jest/globals';
import { parseCsv } from './parse-csv.js';
import { namesOf, parseList } from './parse-list.js';

const parse = (text: string, takesSilenced = false) => {
  const { format, hosts, ignored } = parseList(text, { takesSilenced });
  return { format, hosts: [...hosts], ignored };
};

test('JSON as PeerTube’s lists: the later entry for a value counts, and accounts are ignored', () => {
  const data = [
    { value: 'back.example', action: 'add', updatedAt: '2026-03-01T00:00:00Z' },
    { value: 'back.example', action: 'remove', updatedAt: '2026-01-01T00:00:00Z' },
    { value: 'gone.example' },
    { value: 'gone.example', action: 'remove' },
    { value: 'Bad.Example' },
    { value: 'somebody@else.example' },
    ...[null, 5, {}, { value: ['x.example'] }],
  ];
  expect(parse(JSON.stringify({ data }))).toEqual({
    format: 'json',
    hosts: ['bad.example', 'back.example'],
    ignored: 3,
  });
});

describe('CSV as Mastodon exports it', () => {
  const CSV = [
    '#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate',
    'bad.example,suspend,false,false,"spam, ""free"" money\nand more",false',
    'quiet.example,silence,true,false,,false',
    'ok.example,noop,true,false,,false',
    'w*rse.example,suspend,false,false,,true',
    '',
  ].join('\r\n');

  test('hosts that are suspended count, and those that are silenced when that is wanted', () => {
    expect(parse(CSV)).toEqual({ format: 'csv', hosts: ['bad.example'], ignored: 1 });
    expect(parse(CSV, true).hosts).toEqual(['bad.example', 'quiet.example']);
  });

  test('columns are found by their titles, and a list without severities suspends', () => {
    expect(
      parse('domain,#reject_media,#severity\nok.example,true,noop\nbad.example,true,suspend').hosts,
    ).toEqual(['bad.example']);
    expect(parse('domain,severity\nbad.example,suspend').hosts).toEqual(['bad.example']);
    expect(parse('domain\nbad.example\n').hosts).toEqual(['bad.example']);
  });
});

test('text has a host a line, with comments', () => {
  const text = '\uFEFF# mine\r\nbad.example # spam\r\n\r\n*.worse.example\r\nhttps://x.example/\r\ncom\r\n';
  expect(parse(text)).toEqual({ format: 'text', hosts: ['bad.example', 'worse.example'], ignored: 2 });
});

test.each([
  ['a page', '<!doctype html>', /page for people/],
  ['broken JSON', '{"data":', /broken/],
  ['JSON without a list', '{}', /no list called data/],
  ['nothing', '', /names no host/],
  ['words', 'Too many requests', /names no host/],
  ['only accounts', '{"data":[{"value":"a@b.example"}]}', /names no host/],
  [
    'a list without end',
    Array.from({ length: 20_001 }, (_, n) => `h${n}.example`).join('\n'),
    /at most 20000/,
  ],
])('%s is no list', (_, text, says) => {
  expect(() => parse(text)).toThrow(says);
});

test('a list that is empty by its form is a list', () => {
  expect(parse('{"data":[]}').hosts).toEqual([]);
  expect(parse('#domain,#severity').hosts).toEqual([]);
});

test('CSV keeps to RFC 4180, and broken quotes end somewhere', () => {
  expect(parseCsv('a,"b""c",\n"d\ne",f\r\n\r\ng')).toEqual([['a', 'b"c', ''], ['d\ne', 'f'], ['g']]);
  expect(parseCsv('a,"b\nc')).toEqual([['a', 'b\nc']]);
  expect(parseCsv('"a"x,b')).toEqual([['a', 'b']]);
  expect(parseCsv('a,')).toEqual([['a', '']]);
});

test('a host is on a list with its domains, with and without its port', () => {
  expect(namesOf('a.bad.example:8080')).toEqual([
    'a.bad.example:8080',
    'a.bad.example',
    'bad.example',
    'example',
  ]);
});
