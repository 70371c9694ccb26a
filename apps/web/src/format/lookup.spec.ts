import { expect, test } from '@jest/globals';
import { lookupOf } from './lookup';

test.each([
  ['https://video.example/w/abc', { kind: 'address', text: 'https://video.example/w/abc' }],
  ['https://video.example/c/cats', { kind: 'handle', text: 'cats@video.example' }],
  ['@Cats@video.example', { kind: 'handle', text: 'cats@video.example' }],
  [' cats@127.0.0.1:9000 ', { kind: 'handle', text: 'cats@127.0.0.1:9000' }],
  ['@root', { kind: 'handle', text: 'root' }],
  ['cats and dogs', { kind: 'words', text: 'cats and dogs' }],
  ['a talk @ https://video.example', { kind: 'words', text: 'a talk @ https://video.example' }],
  ['video.example', { kind: 'words', text: 'video.example' }],
])('%j is looked up as what it is', (search, lookup) => expect(lookupOf(search)).toEqual(lookup));
