import { loggedStatement } from '../audit/logged-statement.ts';
import type { LoggedStatement } from '../audit/logged-statement.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { provesConsistency } from '../audit/merkle-proof.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { tileWidth } from '../audit/tile-path.ts';
import { TileTree } from '../audit/tile-tree.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader, StoredEntry } from './ports/audit-log.ts';
import { itemOf } from './read-audit-log.ts';

/** The trees of logs, kept so that a proof reads no more than what is new and one tile. */
export interface LogTrees {
  /** The root at a size that the log has. */
  root(account: number, size: number): Promise<Uint8Array>;
  /** The proof that the tree of a checkpoint extends that of a size up to its own. @throws Failure AUDIT_TAMPERED where it does not. */
  consistency(account: number, from: number, to: Checkpoint): Promise<readonly Uint8Array[]>;
  /** What the log says about keys in its first entries. */
  statements(account: number, size: number): Promise<readonly LoggedStatement[]>;
  /** What is kept of a log may be of another than what the store holds now. */
  forget(account: number): void;
}

/** Memory: 64 bytes for 256 entries. Nothing of a tree is believed that does not lead to a root that was signed. */
export function createLogTrees(audit: AuditReader): LogTrees {
  const logs = new Map<number, KeptLog>();
  /** A tree that ends exactly there, and the one that is kept where that is it. */
  const logAt = async (account: number, size: number): Promise<KeptLog> => {
    const kept = logs.get(account);
    const log = kept === undefined || kept.tree.size > size ? { tree: new TileTree(), statements: [] } : kept;
    await extend(audit, log, { account, size });
    if (kept === undefined || log === kept) logs.set(account, log);
    return log;
  };
  const logWith = async (account: number, size: number): Promise<KeptLog> => {
    const kept = logs.get(account);
    return kept !== undefined && kept.tree.size >= size ? kept : await logAt(account, size);
  };
  const leavesOf = (account: number) => async (tile: number) => (await entries(audit, account, { from: tile * tileWidth, to: (tile + 1) * tileWidth })).map(({ leaf }) => leafHash(leaf));
  return {
    root: async (account, size) => await (await logWith(account, size)).tree.root(size, leavesOf(account)),
    async consistency(account, from, to) {
      const { tree } = await logAt(account, to.size);
      const path = from === 0 || from === to.size ? [] : await tree.consistencyProof(from, leavesOf(account));
      const isOurs = sameBytes(await tree.root(to.size, leavesOf(account)), to.root);
      if (isOurs && (from === 0 || provesConsistency({ first: { size: from, root: await tree.root(from, leavesOf(account)) }, second: to }, path))) return path;
      logs.delete(account);
      throw new Failure('AUDIT_TAMPERED', `Cannot prove that the log of account ${account} grew from size ${from} to ${to.size}: its entries are not what the checkpoint commits to. Verify it with plumbline audit verify.`);
    },
    statements: async (account, size) => (await logWith(account, size)).statements.filter(({ at }) => at < size),
    forget: (account) => void logs.delete(account),
  };
}

interface KeptLog {
  readonly tree: TileTree;
  readonly statements: LoggedStatement[];
}

async function extend(audit: AuditReader, { tree, statements }: KeptLog, { account, size }: { readonly account: number; readonly size: number }): Promise<void> {
  while (tree.size < size) {
    for (const entry of await entries(audit, account, { from: tree.size, to: Math.min(size, tree.size + pageSize) })) {
      tree.append(leafHash(entry.leaf));
      const item = itemOf(entry);
      const statement = item.kind === 'entry' ? loggedStatement(item) : null;
      if (statement !== null) statements.push(statement);
    }
  }
}

async function entries(audit: AuditReader, account: number, { from, to }: { readonly from: number; readonly to: number }): Promise<readonly StoredEntry[]> {
  const found: StoredEntry[] = [];
  while (from + found.length < to) {
    const page = await audit.entries(account, from + found.length, to - from - found.length);
    if (page.length === 0) throw new Failure('AUDIT_TAMPERED', `Cannot read the log of account ${account}: it ends at entry ${from + found.length}, expected ${to} or more. Verify it with plumbline audit verify.`);
    found.push(...page);
  }
  return found;
}

const pageSize = 1_000;
