import { expect, test } from '@jest/globals';
import { chooseLanguage, ENGLISH, readTexts, translator } from './plugin-texts';

test.each([
  [['de'], 'de'],
  [['de-AT', 'fr'], 'de'],
  [['DE-ch'], 'de'],
  [['pt'], 'pt-BR'],
  [['pt-PT'], 'pt-BR'],
  [['es', 'fr-CA'], 'fr'],
  [['en-US', 'de'], null],
  [['es'], null],
  [[], null],
  [['', '-', 'de'], 'de'],
])('who wants %j is spoken to in %s', (wanted, language) => {
  expect(chooseLanguage(wanted, ['de', 'fr', 'pt-BR'])).toBe(language);
});

test('a plugin may have English of one country', () => {
  expect(chooseLanguage(['en-GB', 'de'], ['de', 'en-GB'])).toBe('en-GB');
});

const ENGLISH_TEXTS = { title: 'Chapters', jump: 'Go to {title} at {time}' } as const;

test('a text is said in the language, and in English where that has none', () => {
  const t = translator(ENGLISH_TEXTS, { language: 'de', texts: { title: 'Kapitel', jump: '' } });
  expect(t('title')).toBe('Kapitel');
  expect(t('jump', { title: 'Intro', time: 0 })).toBe('Go to Intro at 0');
});

test('what is filled in is text, whatever it looks like', () => {
  const t = translator(ENGLISH_TEXTS, ENGLISH);
  expect(t('jump', { title: '$& {time}', time: '<b>' })).toBe('Go to $& {time} at <b>');
});

test('names that nobody gave a value stay as they are', () => {
  const t = translator(ENGLISH_TEXTS, { language: 'de', texts: { title: '{toString} {count}' } });
  expect(t('title')).toBe('{toString} {count}');
});

test('of a file of texts only texts are read', () => {
  expect(readTexts({ title: 'Kapitel', deep: { text: 'x' }, count: 1 })).toEqual({ title: 'Kapitel' });
  for (const wrong of [null, 'text', ['text']]) expect(() => readTexts(wrong)).toThrow('no object');
});
