import { expect, test } from '@jest/globals';
import { plainText } from './plain-text.js';

test.each([
  ['<p>One</p><p>Two<br>lines</p>', 'One\nTwo\nlines'],
  ['<script>alert(1)</script>Hello <b onclick="x">you</b>', 'Hello you'],
  ['1 &lt; 2 &amp;&amp; 3 > 2', '1 < 2 && 3 > 2'],
  ['A **clip** of [mine](https://example.org)', 'A **clip** of [mine](https://example.org)'],
])('%j reads %j', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test.each([
  ['tags that never end', '<p '.repeat(50_000)],
  ['breaks with spaces before they end', `<br${' '.repeat(50_000)}`.repeat(4)],
  ['ends of nothing', '</div'.repeat(50_000)],
  ['comments that never end', '<!--'.repeat(50_000)],
  ['names of characters', '&amp'.repeat(50_000)],
  ['tags within each other', '<b>'.repeat(50_000)],
  ['attributes without end', `<a ${'x="'.repeat(50_000)}`],
])('HTML of 200 kB with %s takes no longer than any other', (_, html) => {
  const begun = performance.now();
  plainText(html);
  // Some milliseconds, where a parser that goes back would take minutes.
  expect(performance.now() - begun).toBeLessThan(10_000);
});
