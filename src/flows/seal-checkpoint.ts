import { signCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { LogReplay } from '../audit/log-replay.ts';
import { digestOfBytes } from '../domain/digest.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import { confirmNewest, refuseCutLog, refuseLostCheckpoints, replayTo, tampered } from './confirm-log.ts';
import type { LogTrust } from './confirm-log.ts';
import type { OnUnstated } from './due-key-statement.ts';
import { knownSealed } from './known-sealed.ts';
import type { SealPorts } from './seal-ports.ts';
import { stateKeys } from './state-keys.ts';

export type Sealing =
  | { readonly kind: 'sealed'; readonly size: number; readonly note: string }
  /** Nothing was appended since the newest checkpoint but the entry about it. */
  | { readonly kind: 'unchanged'; readonly size: number };

export interface SealRequest {
  /** Leaves no entry unsealed, not even the one about the checkpoint: at shutdown, or before handing out an export. */
  readonly force?: boolean;
}

export interface CheckpointSealer {
  /**
   * Signs the log of an account at its present size. Safe to call any time and on several replicas.
   * @throws Failure AUDIT_TAMPERED when the log is not what it was at its newest checkpoint: appending is blocked then.
   * @throws Failure AUDIT_BLOCKED when it was blocked before. @throws Failure CONFIG_INVALID when the newest checkpoint has an unknown key.
   * @throws Failure KEY_UNAVAILABLE or KEY_REFUSED when the log key does not sign now: nothing is sealed, and it is safe to call again.
   */
  seal(account: number, request?: SealRequest): Promise<Sealing>;
  /** Seals every account; trouble with one does not keep the others from it. */
  sealAll(request?: SealRequest): Promise<readonly AccountSealing[]>;
}

export type AccountSealing = { readonly account: number } & ({ readonly kind: 'done'; readonly sealing: Sealing } | { readonly kind: 'failed'; readonly failure: Failure });

/** Makes the one sealer of a server. It remembers each log at its newest checkpoint, so that sealing reads only what is new. */
export function createSealer(ports: SealPorts): CheckpointSealer {
  const replays: Replays = new Map();
  const told = new Set<string>();
  const lanes = new Map<number, Promise<unknown>>();
  const seal: CheckpointSealer['seal'] = (account, request = {}) => {
    // Schedule, shutdown and operator may ask at once: in turn, so that no checkpoint gets two entries about it.
    const sealing = (lanes.get(account) ?? Promise.resolve()).then(() => sealAccount({ ...ports, onUnstated: unstatedOf(ports, told, account) }, replays, { account, force: request.force === true }));
    lanes.set(account, sealing.catch(() => undefined));
    return sealing;
  };
  return {
    seal,
    async sealAll(request) {
      const results: AccountSealing[] = [];
      for (const account of await ports.store.audit.accounts()) {
        results.push(await seal(account, request).then(
          (sealing) => ({ account, kind: 'done' as const, sealing }),
          (thrown: unknown) => ({ account, kind: 'failed' as const, failure: failureOf(thrown, 'STORE_UNAVAILABLE') }),
        ));
      }
      return results;
    },
  };
}

/** Told once for each log and key: it is looked at every minute. */
function unstatedOf({ log }: SealPorts, told: Set<string>, account: number): OnUnstated {
  return ({ key, name }) => {
    const which = `${account} ${key.id}`;
    if (!told.has(which)) log?.warn('key not named in the audit log: no key before it can sign', { account, key: key.id, name });
    told.add(which);
  };
}

interface AccountPorts extends SealPorts {
  readonly onUnstated: OnUnstated;
}

type Replays = Map<number, LogReplay>;

/** A log key, a signing key, and the one certifying the other: whatever is due beyond that waits for the next round. */
const mostStatements = 3;

async function sealAccount(ports: AccountPorts, replays: Replays, request: { readonly account: number; readonly force: boolean }): Promise<Sealing> {
  const { audit } = ports.store;
  const { account } = request;
  const why = await audit.blocked(account);
  if (why !== null) {
    // Whoever lifts the block has confirmed what the store holds then, perhaps a backup older than what is remembered here.
    replays.delete(account);
    throw new Failure('AUDIT_BLOCKED', `Cannot seal the log of account ${account}: it is blocked (${why}). Verify it with plumbline audit verify.`);
  }
  try {
    const sealing = await extend(ports, replays, request);
    const about = request.force ? await extend(ports, replays, request) : sealing;
    return about.kind === 'sealed' ? about : sealing;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'AUDIT_TAMPERED') {
      await audit.block(account, thrown.message);
      replays.delete(account);
    }
    throw thrown;
  }
}

async function extend(ports: AccountPorts, replays: Replays, { account, force }: { readonly account: number; readonly force: boolean }, stated = 0): Promise<Sealing> {
  const known = await knownSealed(ports.store.auditWatch, account);
  const before = await confirmNewest(trustOf(ports), account, replays.get(account));
  refuseCutLog(account, before.replay.size, known);
  replays.set(account, before.replay);
  const size = await ports.store.audit.size(account);
  if (size < before.replay.size) throw tampered(account, `found ${size} entries, expected at least the ${before.replay.size} of its newest checkpoint`);
  const after = new LogReplay(account, before.replay);
  const events = await replayTo(ports.store.audit, after, { account, size });
  await refuseLostCheckpoints(ports.store.audit, account, { ...before, events });
  const origin = before.checkpoint?.origin ?? `${ports.signer.name}/${account}`;
  if (stated < mostStatements && (await stateKeys(ports, before, after, { account, origin }))) return await extend(ports, replays, { account, force }, stated + 1);
  const isAboutSealing = events.every((event) => event === 'checkpoint.sealed');
  if (size === before.replay.size || (isAboutSealing && !force)) return { kind: 'unchanged', size: before.replay.size };
  const checkpoint = { origin, size, root: after.root() };
  const note = await signCheckpoint(checkpoint, ports.signer);
  try {
    // An entry about a checkpoint over nothing but the entry about the last one would ask for the next, for ever.
    await save(ports, { account, checkpoint, note, isTold: !isAboutSealing });
  } catch (thrown) {
    const newest = await sealedMeanwhile(ports, after, account, thrown);
    replays.set(account, newest);
    return { kind: 'unchanged', size: newest.size };
  }
  replays.set(account, after);
  return { kind: 'sealed', size, note };
}

/** The log up to where another replica sealed it meanwhile: it must have sealed the same log, and no less of it. Throws what else kept us from it. */
async function sealedMeanwhile(ports: SealPorts, own: LogReplay, account: number, thrown: unknown): Promise<LogReplay> {
  if (!(thrown instanceof Failure) || thrown.code !== 'STORE_INCONSISTENT') throw thrown;
  const stored = (await ports.store.audit.checkpoints(account, own.size)).at(-1);
  if (stored === undefined) throw thrown;
  return (await confirmNewest(trustOf(ports), account, own)).replay;
}

function trustOf({ store, signer, previousKeys = [] }: SealPorts): LogTrust {
  return { audit: store.audit, publicKeys: [signer.publicKey, ...previousKeys] };
}

interface CheckpointToSave {
  readonly account: number;
  readonly checkpoint: Checkpoint;
  readonly note: string;
  /** Whether the log has an entry about it. */
  readonly isTold: boolean;
}

/** The checkpoint and the entry about it stand together, or neither does. Where another replica has saved this very one, it has told of it. */
async function save({ store, clock }: SealPorts, { account, checkpoint, note, isTold }: CheckpointToSave): Promise<void> {
  const { origin, size } = checkpoint;
  await store.transaction(async (transaction) => {
    const isNew = await transaction.saveCheckpoint(account, { size, note, sealedAt: clock.now() });
    if (!isNew || !isTold) return;
    await transaction.append({
      account,
      repository: null,
      subject: `checkpoint:${size}`,
      event: 'checkpoint.sealed',
      actor: 'system',
      rationale: 'Entries were appended since the checkpoint before',
      outcome: 'sealed',
      after: digestOfBytes(note),
      payload: { origin, size, note },
    });
  });
}
