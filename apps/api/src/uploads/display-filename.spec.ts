import { expect, test } from '@jest/globals';
import { displayFilename } from './display-filename.js';

test('an ordinary name stays as it is', () => {
  expect(displayFilename('Ferien – août 2024 🎬.mp4')).toBe('Ferien – août 2024 🎬.mp4');
});

test('a name of 5 kB is cut to 255 characters, never within one', () => {
  expect([...displayFilename('🎬'.repeat(1250))]).toHaveLength(255);
});

test('control characters and marks that turn the writing direction are removed', () => {
  expect(displayFilename('a\u0000b\r\nc\u202Egpj.exe\u2066')).toBe('abcgpj.exe');
});

test('a name with nothing to show gets one', () => {
  expect(displayFilename('\u0007 ')).toBe('video');
});
