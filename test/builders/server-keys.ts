import { generateKeyPairSync } from 'node:crypto';

/** Keys for tests: made once per process. */
export const appKeyPem: string = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const weakAppKeyPem: string = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const logKeyPem: string = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const webhookSecret = 'b7d1f0a94c6e4e27a3d58c1f6b9e0d42';
export const previousWebhookSecret = '5f2c9e8a7b6d4c3f1e0a9b8c7d6e5f40';
