import { describe, expect, it } from '@jest/globals';
import { mayConnectTo } from './public-address.js';

describe('an address that may be connected to', () => {
  it.each(['1.1.1.1', '93.184.215.14', '223.255.255.254', '2606:4700:4700::1111', '2a01:4f8::1'])(
    '%s is one: anyone on the Internet can have it',
    (address) => expect(mayConnectTo(address, false)).toBe(true),
  );

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:1.1.1.1',
    '64:ff9b::7f00:1',
    '64:ff9b::101:101',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2606:4700::1%eth0',
    'localhost',
    '127.1',
    '',
  ])('"%s" is none', (address) => expect(mayConnectTo(address, false)).toBe(false));

  it.each(['127.0.0.1', '::1', '10.1.2.3', '172.20.0.2', '192.168.0.5', 'fd12::1'])(
    '%s is one among private peers',
    (address) => expect(mayConnectTo(address, true)).toBe(true),
  );

  it.each(['169.254.169.254', 'fe80::1', '0.0.0.0', '::', '::ffff:127.0.0.1', '100.64.0.1', '224.0.0.1'])(
    '%s is none even among private peers',
    (address) => expect(mayConnectTo(address, true)).toBe(false),
  );
});
