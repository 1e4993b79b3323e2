import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EnvelopeSigner } from '../../src/audit/envelope.ts';
import { signingKeyOf } from '../../src/audit/signing-key.ts';
import { snapshotLink } from '../../src/audit/snapshot-link.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { assembleBundle } from '../../src/flows/assemble-bundle.ts';
import type { AssembledBundle } from '../../src/flows/assemble-bundle.ts';
import type { AskedBundle } from '../../src/flows/select-entries.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aDraft, aLog, aLogKey, account, clock, sealed } from './a-log.ts';
import type { TestLog } from './a-log.ts';

const content = snapshotOf(Buffer.from('{"contractId":"checkout"}'));
const policyDigest = digestOfBytes('policies');

/** Entries: 0 decision of 7, 1 its effect, 2 decision of 8, 3 a release, 4 a second decision of 7 (by other policies), 5 pull request 7 of another repository; the rest are about checkpoints. `signing`: a key beside the log key; null: nothing is sealed. */
export async function aLogOfPullRequests(actor = 'user:mona', signing?: EnvelopeSigner | null): Promise<TestLog> {
  const log = await aLog({ entries: 0 });
  log.append(aDraft({ actor, policyDigest, links: ['evaluation-1', 'commit:c1'] }));
  log.append(aDraft({ subject: 'effect:check', event: 'effect.performed', links: ['evaluation-1'] }));
  log.append(aDraft({ subject: 'pull-request:8', links: ['evaluation-2', 'commit:c1'] }));
  log.append(aDraft({ subject: 'contract:checkout@1.0.0', event: 'release.recorded', after: content.digest, links: ['commit:c1', snapshotLink(content.digest)] }));
  log.append(aDraft({ policyDigest: digestOfBytes('others'), rationale: 'ünïcode "😀"\n', links: ['evaluation-3'] }));
  log.append(aDraft({ repository: { id: 101, name: 'acme/other' }, links: ['evaluation-4'] }));
  log.snapshotsOf = [content];
  if (signing === null) return log;
  if (signing === undefined) return await sealed(log);
  await createSealer({ store: log, signer: aLogKey(), clock, signing: { ...signing, name: 'a signing key' } }).seal(account, { force: true });
  return log;
}

export const aboutPullRequest: AskedBundle = { kind: 'pull-request', repository: 'Acme/Shop', number: 7 };
export const aboutContract: AskedBundle = { kind: 'contract', id: 'checkout' };
export const aboutPeriod: AskedBundle = { kind: 'period', from: '2026-11-20T12:00:01.000Z', to: '2026-11-20T12:00:05.000Z' };

/** The same key for the same seed. */
export function anEnvelopeSigner(seed = 'log key'): EnvelopeSigner {
  const raw = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), raw]);
  return signerWith(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

/** Of an Ed25519 or P-256 key. */
export function signerWith(privateKey: KeyObject): EnvelopeSigner {
  const key = signingKeyOf(createPublicKey(privateKey));
  if (key === null) throw new TypeError('Cannot sign with this key');
  return { key, sign: async (bytes) => (key.algorithm === 'ES256' ? sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }) : sign(null, bytes, privateKey)) };
}

export async function aBundle(asked: AskedBundle = aboutPullRequest, signer: EnvelopeSigner = anEnvelopeSigner(), log?: TestLog): Promise<AssembledBundle> {
  const of = log ?? (await aLogOfPullRequests());
  return await assembleBundle({ audit: of, index: of.index, publicKeys: [aLogKey().publicKey], signer }, account, asked);
}
