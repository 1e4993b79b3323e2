import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback, objectionToAddress } from '../../../src/probes/behavior-sources/objection-to-address.ts';

const refused = {
  'a private network': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'this machine or this network': ['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.255.254', '::', '::1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'febf::1', 'fec0::1'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'metadata of clouds': ['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  'reserved or documentation': ['240.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1', '100::1', '5f00::1'],
  'IPv4 inside IPv6': ['::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:a00:1::1', '2001:0:4136:e378::1', '::ffff:0:10.0.0.1', '192.88.99.1'],
  'no plain address': ['2606:4700::1111%eth0', 'fe80::1%1', 'localhost', '', '1.1.1', '0x7f.1', '010.0.0.1', '1.1.1.1 '],
};

for (const [kind, addresses] of Object.entries(refused)) {
  test(`objectionToAddress() refuses ${kind}`, () => {
    assert.deepEqual(addresses.filter((address) => objectionToAddress(address, { allowsLoopback: false }) === null), []);
  });
}

test('objectionToAddress() allows public addresses, those next to a refused network too', () => {
  const allowed = ['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '223.255.255.255', '2606:4700::1111', '2001:4860::8888', '2a00::1'];
  assert.deepEqual(allowed.filter((address) => objectionToAddress(address, { allowsLoopback: false }) !== null), []);
});

test('objectionToAddress() allows nothing but this machine more where the operator allows it', () => {
  assert.deepEqual(['127.0.0.1', '127.8.8.8', '::1'].filter((address) => objectionToAddress(address, { allowsLoopback: true }) !== null), []);
  const others = Object.values(refused).flat().filter((address) => !isLoopback(address));
  assert.deepEqual(others.filter((address) => objectionToAddress(address, { allowsLoopback: true }) === null), []);
});

test('objectionToAddress() allows private networks where only the server says who is asked, and metadata of clouds nowhere', () => {
  const rules = { allowsLoopback: false, allowsPrivate: true } as const;
  const ofPrivate = [...refused['a private network'], ...refused['carrier-grade NAT']];
  assert.deepEqual(ofPrivate.filter((address) => objectionToAddress(address, rules) !== null), []);
  const others = Object.values(refused).flat().filter((address) => !ofPrivate.includes(address));
  assert.deepEqual(others.filter((address) => objectionToAddress(address, rules) === null), []);
  assert.deepEqual(['fd12::1%eth0', '::ffff:10.0.0.1', '10.0.0.1 '].filter((address) => objectionToAddress(address, rules) === null), []);
});

test('isLoopback() takes no other spelling of this machine', () => {
  assert.deepEqual(['::ffff:127.0.0.1', '::127.0.0.1', '0.0.0.0', '::', '2002:7f00:1::'].filter(isLoopback), []);
});
