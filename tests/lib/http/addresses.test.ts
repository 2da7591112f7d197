import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '#lib/http/addresses.ts';

const refused = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'link-local and metadata': ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fd00:ec2::254', '168.63.129.16'],
  shared: ['100.64.0.1', '100.100.100.200', '100.127.255.255'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  reserved: [
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.7',
    '2001:db8::1',
    '3fff::1',
    '4000::1',
  ],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe'],
  'IPv4-compatible': ['::127.0.0.1', '::8.8.8.8'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1'],
  '6to4 and Teredo': ['2002:7f00:1::', '2002:a9fe:a9fe::1', '2001::1', '192.88.99.1'],
  'site-local': ['fec0::1'],
  'not an address': ['', 'localhost', '256.1.1.1', '1.2.3.4.5', ':::1'],
};

describe('addresses', () => {
  it.each(Object.entries(refused))('%s is not public', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('addresses of the internet are public', () => {
    const open = [
      '8.8.8.8',
      '1.1.1.1',
      '172.32.0.1',
      '172.15.255.255',
      '100.63.0.1',
      '100.128.0.1',
      '11.0.0.1',
    ];
    const open6 = ['2606:4700:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888'];
    expect([...open, ...open6].filter((address) => !isPublicAddress(address))).toEqual([]);
  });

  it('only the plain spellings of loopback are loopback', () => {
    const all = [
      '127.0.0.1',
      '127.9.9.9',
      '::1',
      '::ffff:127.0.0.1',
      '64:ff9b::7f00:1',
      '0.0.0.0',
      '10.0.0.1',
      'localhost',
    ];
    expect(all.filter(isLoopbackAddress)).toEqual(['127.0.0.1', '127.9.9.9', '::1']);
  });
});
