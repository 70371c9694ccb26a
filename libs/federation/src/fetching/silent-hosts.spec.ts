import { expect, it } from '@jest/globals';
import { SilentHosts } from './silent-hosts.js';

const isSilent = (hosts: SilentHosts, origin: string) => {
  try {
    hosts.check(origin);
    return false;
  } catch {
    return true;
  }
};

it('no more silent hosts are remembered than a number, the latest ones', () => {
  const hosts = new SilentHosts(60_000, 2);
  for (const origin of ['a', 'b', 'a', 'c']) hosts.note(origin);
  expect(['a', 'b', 'c'].map((origin) => isSilent(hosts, origin))).toEqual([true, false, true]);
});

it('a host that answers is not silent any more', () => {
  const hosts = new SilentHosts(60_000, 2);
  hosts.note('a');
  hosts.forget('a');
  expect(isSilent(hosts, 'a')).toBe(false);
});
