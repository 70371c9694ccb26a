import { expect, test } from '@jest/globals';
import { SeedCare } from './seed-care';
import type { PlayableFile, SeedFault } from './types';

const OWN = 'https://origin.example/1.mp4';
const A = 'https://a.example/1.mp4';
const B = 'https://b.example/1.mp4';
const file = (webSeeds?: string[]): PlayableFile => ({
  id: 7,
  resolution: { id: 720, label: '720p' },
  size: 1000,
  fileUrl: OWN,
  torrentUrl: '',
  magnetUri: `magnet:?xt=urn:btih:abc&ws=${encodeURIComponent(A)}`,
  ...(webSeeds && { webSeeds }),
});

function makeCare(webSeeds: string[] | undefined, listFiles = async (): Promise<PlayableFile[]> => []) {
  const told: SeedFault[] = [];
  const reportSeed = (fault: SeedFault) => void told.push(fault);
  return { told, care: new SeedCare(file(webSeeds), { listFiles, reportSeed, seedsRefresh: 60 }) };
}

test('a seed of which a piece is wrong is asked no more, and the instance is told which piece', () => {
  const { care, told } = makeCare([OWN, A, B]);
  care.lied(3, [A]);
  expect([care.seeds.has(A), care.seeds.has(B)]).toEqual([false, true]);
  expect(told).toEqual([{ url: A, fault: 'wrong-bytes', piece: 3 }]);
});

test('of several seeds that sent parts of a wrong piece all copies are suspected, the file’s own address is not', () => {
  const { care, told } = makeCare([OWN, A, B]);
  care.lied(0, [OWN, A, B]);
  expect(care.seeds.best()).toBe(OWN);
  expect(told.map(({ url }) => url)).toEqual([A, B]);
});

test('the same fault of a seed is told once', () => {
  const { care, told } = makeCare([OWN, A]);
  for (const fault of ['silent', 'silent', 'failed'] as const) care.report({ url: A, fault });
  expect(told.map(({ fault }) => fault)).toEqual(['silent', 'failed']);
});

test('without a list the seeds are those of the magnet link', () => {
  expect(makeCare(undefined).care.seeds.has(A)).toBe(true);
});

test('seeds that the instance lists later are asked, those it lists no more are not', async () => {
  const { care } = makeCare([OWN, A], async () => [file([`${OWN}?token=2`, B])]);
  await care.refresh();
  expect([care.seeds.has(A), care.seeds.has(B)]).toEqual([false, true]);
  expect(care.seeds.own).toBe(OWN);
});

test('while the instance does not answer the list stays as it is', async () => {
  const { care } = makeCare([OWN, A], () => Promise.reject(new Error('down')));
  await care.refresh();
  expect(care.seeds.has(A)).toBe(true);
});
