import { describe, expect, it } from '@jest/globals';
import { type RemoteError } from './remote-error.js';
import { parseRemoteUrl } from './remote-url.js';

const codeOf = (url: string, allowPrivate = false) => {
  try {
    return parseRemoteUrl(url, allowPrivate).href;
  } catch (error) {
    return (error as RemoteError).code;
  }
};

describe('a URL to be asked', () => {
  it.each([
    ['https://Example.COM:443/a?b=c#main-key', 'https://example.com/a?b=c'],
    ['https://example.com./a', 'https://example.com/a'],
    ['https://exämple.com/', 'https://xn--exmple-cua.com/'],
    ['https://example.com:8443/', 'https://example.com:8443/'],
    ['https://example.com/users/@alice', 'https://example.com/users/@alice'],
    ['https://example.com/?u=a@b', 'https://example.com/?u=a@b'],
    ['https://1.1.1.1/', 'https://1.1.1.1/'],
    ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
  ])('%s is asked as %s', (url, asked) => expect(codeOf(url)).toBe(asked));

  it.each([
    'http://example.com/',
    'unix:/var/run/docker.sock',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ftp://example.com/',
    'https://user@example.com/',
    'https://user:secret@example.com/',
    'https://@example.com/',
    'https:example.com@other.example/',
    'https://example.com\\@other.example/',
    'https://exam\tple.com/',
    'https://example.com/\r\nHost: other.example',
    ' https://example.com/',
    'https://example.com/a b',
    'https://localhost/',
    'https://intranet/',
    'https://example.com../',
    'https:example.com/',
    'https:///example.com/',
    'https:///',
    'https://',
    '//example.com/',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(2000)}`,
    'https://example.com:22/',
    'https://example.com:25/',
    'https://example.com:993/',
    'https://example.com:3306/',
    'https://example.com:6379/',
    'https://example.com:99999/',
    'https://example.com:0/',
  ])('%j is refused', (url) => expect(codeOf(url)).toBe('url_refused'));

  it.each([
    '127.0.0.1',
    '127.1',
    '0',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '0x7f000001',
    '127.0.0.1.',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::]',
    '[::1]',
    '100.64.0.1',
    '169.254.169.254',
    '198.18.0.1',
    '240.0.0.1',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '１２７.0.0.1',
    '①②⑦.0.0.1',
  ])('an address written as %s is refused', (host) => {
    expect(codeOf(`https://${host}/`)).toBe('address_refused');
  });

  it('may be on loopback and without TLS among private peers, and nothing else changes', () => {
    expect(codeOf('http://127.0.0.1:9000/', true)).toBe('http://127.0.0.1:9000/');
    expect(codeOf('http://localhost:9000/', true)).toBe('http://localhost:9000/');
    for (const url of [
      'ftp://localhost/',
      'http://user@localhost/',
      'http://localhost:22/',
      'file:///etc/passwd',
    ]) {
      expect(codeOf(url, true)).toBe('url_refused');
    }
    expect(codeOf('http://169.254.169.254/', true)).toBe('address_refused');
  });
});
