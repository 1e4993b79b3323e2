import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubAddresses } from '../../../src/cli/setup/github-addresses.ts';
import { isFailure } from '../../builders/is-failure.ts';

test('githubAddresses() is github.com when nothing is set', () => {
  assert.deepEqual(githubAddresses({ GITHUB_API_URL: '' }), { web: 'https://github.com', api: 'https://api.github.com', isPublic: true });
});

for (const environment of [{ GITHUB_URL: 'https://git.example.com/' }, { GITHUB_API_URL: 'https://git.example.com/api/v3' }, { GITHUB_URL: 'https://git.example.com', GITHUB_API_URL: 'https://git.example.com/api/v3/' }]) {
  test(`githubAddresses() of ${Object.keys(environment).join(' and ')} is an Enterprise Server`, () => {
    assert.deepEqual(githubAddresses(environment), { web: 'https://git.example.com', api: 'https://git.example.com/api/v3', isPublic: false });
  });
}

for (const address of ['http://git.example.com', 'ftp://git.example.com', 'https://me:secret@git.example.com', 'https://git.example.com?x', 'nonsense']) {
  test(`githubAddresses() refuses ${address}`, () => {
    assert.throws(() => githubAddresses({ GITHUB_URL: address }), isFailure('USAGE'));
  });
}
