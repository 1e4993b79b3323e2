import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webUrlOf } from '../../src/github/web-url-of.ts';

test('webUrlOf() leaves the host of an Enterprise Server and takes the name of the API from others', () => {
  const urls = ['https://api.github.com', 'https://api.acme.ghe.com/', 'https://github.acme.example/api/v3', 'https://api.acme.example/api/v3/', 'http://127.0.0.1:4010'];
  assert.deepEqual(urls.map(webUrlOf), ['https://github.com', 'https://acme.ghe.com', 'https://github.acme.example', 'https://api.acme.example', 'http://127.0.0.1:4010']);
});
