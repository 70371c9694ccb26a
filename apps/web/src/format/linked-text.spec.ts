import { expect, test } from '@jest/globals';
import { linkedText } from './linked-text';

const links = (text: string) => linkedText(text).flatMap(({ href }) => (href ? [href] : []));

test.each([
  ['See https://a.example/b.', ['https://a.example/b']],
  ['(https://a.example)', ['https://a.example/']],
  [
    'https://en.wikipedia.example/wiki/Set_(mathematics)',
    ['https://en.wikipedia.example/wiki/Set_(mathematics)'],
  ],
  ['[here](https://a.example/x)', ['https://a.example/x']],
  ['http://a.example and https://b.example/?q=1&r=2', ['http://a.example/', 'https://b.example/?q=1&r=2']],
])('web addresses in %j become links', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<a href="javascript:alert(1)">x</a>',
  'https://',
  'file:///etc/passwd',
])('%j has no link', (text) => {
  expect(links(text)).toEqual([]);
});

test('nothing of the text is lost or changed', () => {
  const text = 'One <b>https://a.example/x</b>, two\nhttps://b.example!';
  expect(
    linkedText(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
