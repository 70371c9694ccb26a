import { describe, expect, it } from '@jest/globals';
import { acctUri, parseHandle, parseResource, sameHandle } from './handle.js';

describe('a handle', () => {
  it.each([
    ['@alice@example.com', 'alice', 'example.com'],
    ['alice@example.com', 'alice', 'example.com'],
    ['acct:alice@example.com', 'alice', 'example.com'],
    ['ACCT:Alice@EXAMPLE.com.', 'Alice', 'example.com'],
    [' my.channel-1@example.com:8443 ', 'my.channel-1', 'example.com:8443'],
    ['a@exämple.com:443', 'a', 'xn--exmple-cua.com'],
  ])('is read from "%s"', (text, name, host) => expect(parseHandle(text)).toEqual({ name, host }));

  it.each([
    '',
    '@',
    'alice',
    '@alice',
    'alice@',
    '@@example.com',
    'alice@example.com@evil.example',
    'alice@example.com/path',
    'alice@example.com?x',
    'alice@exa mple.com',
    'alice@evil.example\\@example.com',
    'a/../b@example.com',
    'a b@example.com',
    '<b>@example.com',
    `${'a'.repeat(129)}@example.com`,
    'https://example.com/@alice',
  ])('is not read from "%s"', (text) => expect(parseHandle(text)).toBeNull());

  it('is the same in any case, and another on another host', () => {
    const [asked, lower] = [parseHandle('Alice@example.com')!, parseHandle('alice@example.com')!];
    expect(sameHandle(asked, lower)).toBe(true);
    expect(sameHandle(asked, parseHandle('alice@example.com:8443')!)).toBe(false);
    expect(acctUri(asked)).toBe('acct:Alice@example.com');
  });
});

it('WebFinger may be asked about a handle or an actor, and about nothing else', () => {
  const handle = { name: 'alice', host: 'example.com' };
  expect(parseResource('acct:alice@example.com')).toEqual({ handle });
  expect(parseResource('https://example.com/accounts/alice')).toEqual({
    url: 'https://example.com/accounts/alice',
  });
  for (const resource of [
    '',
    'mailto:',
    'https://',
    'https://user@example.com/',
    'javascript:x',
    'file:///etc',
  ]) {
    expect(parseResource(resource)).toBeNull();
  }
});
