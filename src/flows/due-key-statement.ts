import { KeyHistory } from '../audit/key-history.ts';
import type { KeyStatement } from '../audit/key-statement.ts';
import type { LoggedStatement } from '../audit/logged-statement.ts';
import type { SigningKey } from '../audit/signing-key.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { tampered } from './confirm-log.ts';
import type { Signer } from './ports/key-service.ts';

/** The keys of a server. */
export interface ServerKeys {
  /** Signs checkpoints. */
  readonly log: Signer;
  /** Signs envelopes, and statements about log keys; may be the log key. */
  readonly signing: Signer;
  /** Keys before these that can still sign a statement about their successor. */
  readonly previous: readonly Signer[];
  /** Log keys before, whether or not they can sign. */
  readonly previousLogKeys: readonly SigningKey[];
}

export interface KeyedLog {
  readonly account: number;
  readonly origin: string;
  readonly statements: readonly LoggedStatement[];
  /** What signed its newest checkpoint; null where there is none yet. */
  readonly newest: { readonly size: number; readonly key: Digest } | null;
}

export interface DueStatement {
  readonly statement: KeyStatement;
  readonly by: Signer;
  /** Whether nothing may be sealed before it stands: who verifies could not follow to the log key in force. */
  readonly isNeeded: boolean;
}

/** A key that signs, and that the log can not name since nobody is there who could sign a statement about it. */
export type OnUnstated = (key: Signer) => void;

/**
 * The statement that a log lacks about the keys of this server; null when it lacks none, or nobody is there who could sign it: a key
 * that replaced another one without a statement has to be told to whoever verifies, as before there were statements.
 * @throws Failure CONFIG_INVALID when our log key was replaced, AUDIT_TAMPERED when what the log says about keys is wrong.
 */
export function dueKeyStatement(keys: ServerKeys, log: KeyedLog, now: Date, onUnstated: OnUnstated): DueStatement | null {
  const history = follow(log, [keys.log.key, ...keys.previousLogKeys]);
  const ofLogKey = dueOfLogKey(keys, log, history);
  const due = typeof ofLogKey === 'object' && ofLogKey !== null ? ofLogKey : dueOfSigningKey(keys, log, history, onUnstated);
  if (due === null && ofLogKey === 'unstated') onUnstated(keys.log);
  if (due === null) return null;
  const { by, purpose, key, replaces } = due;
  const statement = { purpose, log: log.origin, sequence: history.sequence + 1, key, replaces, from: now.toISOString() };
  return { statement, by, isNeeded: ofLogKey !== null };
}

type Due = Pick<KeyStatement, 'purpose' | 'key' | 'replaces'> & { readonly by: Signer };

function follow({ account, origin, statements }: KeyedLog, trusted: readonly SigningKey[]): KeyHistory {
  const history = new KeyHistory(origin, trusted);
  for (const { at, signed } of statements) {
    const why = signed === null ? null : history.take(signed, at);
    if (why !== null) throw tampered(account, `at entry ${at} ${why}`);
  }
  return history;
}

/** Unstated: another key is in force, and nobody can say so, at least before the signing key that could is named. */
function dueOfLogKey({ log, signing, previous }: ServerKeys, { account, statements, newest }: KeyedLog, history: KeyHistory): Due | 'unstated' | null {
  if (history.isReplaced(log.key.id)) throw new Failure('CONFIG_INVALID', `Cannot seal the log of account ${account}: its log says that the key ${log.key.id} was replaced, expected the key after it. Nothing was signed. Set LOG_KEY to the newer key on every process; a key that was replaced never signs again.`);
  const lastAt = statements.findLast(({ signed }) => signed?.statement.purpose === 'log')?.at ?? -1;
  const current = newest !== null && newest.size > lastAt ? newest.key : (history.current('log') ?? newest?.key ?? null);
  if (current === null || current === log.key.id) return null;
  const by = previous.find(({ key }) => key.id === current) ?? (history.current('signing') === signing.key.id ? signing : null);
  return by === null ? 'unstated' : { by, purpose: 'log', key: log.key, replaces: current };
}

function dueOfSigningKey({ log, signing, previous }: ServerKeys, keyed: KeyedLog, history: KeyHistory, onUnstated: OnUnstated): Due | null {
  if (signing.key.id === log.key.id) return null;
  const current = history.current('signing');
  if (current === signing.key.id) return isCertified(signing.key, log.key, keyed, history) ? null : { by: signing, purpose: 'log', key: log.key, replaces: null };
  if (current !== null) {
    const by = previous.find(({ key }) => key.id === current);
    if (by !== undefined) return { by, purpose: 'signing', key: signing.key, replaces: current };
    onUnstated(signing);
    return null;
  }
  // Somebody whom this server does not know named one: whoever knows them would find a second one named beside it.
  const isNamed = keyed.statements.some(({ signed }) => signed?.statement.purpose === 'signing');
  if (!isNamed) return { by: log, purpose: 'signing', key: signing.key, replaces: null };
  onUnstated(signing);
  return null;
}

/** Whether who trusts the signing key alone comes to trust the log key. */
function isCertified(signing: SigningKey, log: SigningKey, keyed: KeyedLog, history: KeyHistory): boolean {
  const other = history.current('log');
  if (other !== null && other !== log.id) return true;
  return follow(keyed, [signing]).keys().some(({ id }) => id === log.id);
}
