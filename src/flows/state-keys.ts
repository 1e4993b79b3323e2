import { ed25519KeyOf } from '../audit/ed25519-key.ts';
import { bytesToSign, formatKeyStatement } from '../audit/key-statement.ts';
import type { LogReplay } from '../audit/log-replay.ts';
import { isSignedBy, signingKeyOf } from '../audit/signing-key.ts';
import type { SigningKey } from '../audit/signing-key.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import type { Confirmed } from './confirm-log.ts';
import { dueKeyStatement } from './due-key-statement.ts';
import type { DueStatement, OnUnstated, ServerKeys } from './due-key-statement.ts';
import type { SealPorts } from './seal-ports.ts';

/** Whether the log got a statement about our keys that it lacked. A log without entries has nobody to tell. */
export async function stateKeys(ports: SealPorts & { readonly onUnstated: OnUnstated }, before: Confirmed, { size, statements }: LogReplay, { account, origin }: { readonly account: number; readonly origin: string }): Promise<boolean> {
  const { checkpoint, key } = before;
  const newest = checkpoint === null || key === null ? null : { size: checkpoint.size, key };
  const due = size === 0 ? null : dueKeyStatement(keysOf(ports), { account, origin, statements, newest }, ports.clock.now(), ports.onUnstated);
  if (due === null) return false;
  const signature = await signatureOf(ports, due);
  if (signature === null) return false;
  const { statement, by } = due;
  await ports.store.transaction((transaction) => transaction.append({
    account,
    repository: null,
    subject: `key:${statement.purpose}`,
    event: 'key.rotated',
    actor: 'system',
    rationale: statement.replaces === null ? 'A key is in use that the log did not name before' : 'Another key is in use than before',
    outcome: statement.replaces === null ? 'certified' : 'rotated',
    ...(statement.replaces === null ? {} : { before: statement.replaces }),
    after: statement.key.id,
    payload: formatKeyStatement({ statement, signer: by.key.id, signature }),
  }));
  return true;
}

/** Null when it can not be had, and sealing may go on without it. */
async function signatureOf({ log }: SealPorts, { statement, by, isNeeded }: DueStatement): Promise<Uint8Array | null> {
  try {
    const bytes = bytesToSign(statement);
    const signature = await by.sign(bytes);
    if (!isSignedBy(by.key, bytes, signature)) throw new Failure('KEY_REFUSED', `Cannot sign a statement about a key: found a signature that the public key of ${by.name} refuses, expected its own. Nothing was signed. Configure both halves of one key.`);
    return signature;
  } catch (thrown) {
    const failure = failureOf(thrown, 'KEY_REFUSED');
    if (isNeeded) throw failure;
    log?.warn('statement about a key not signed', { key: statement.key.id, by: by.name, failure });
    return null;
  }
}

function keysOf({ signer, signing, previousSigners = [], previousKeys = [] }: SealPorts): ServerKeys {
  const log = { key: keyOf(signer.publicKey), name: 'the log key', sign: (bytes: Uint8Array) => signer.sign(bytes) };
  return { log, signing: signing ?? log, previous: previousSigners, previousLogKeys: previousKeys.map(keyOf) };
}

function keyOf(publicKey: Uint8Array): SigningKey {
  const key = signingKeyOf(ed25519KeyOf(publicKey));
  if (key === null) throw new Failure('CONFIG_INVALID', 'Cannot use a log key: found no Ed25519 key, expected one.');
  return key;
}
