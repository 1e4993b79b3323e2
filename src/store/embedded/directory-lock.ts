import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../domain/failure.ts';
import { holderOf, isAlive, ownHolder } from './holder.ts';
import type { Holder } from './holder.ts';
import { listen } from './presence.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

const attempts = 4;

/**
 * Takes the exclusive use of a directory of this machine, or throws STORE_LOCKED within two seconds. Every claimant puts
 * up a file of its own and then looks at all others: whoever sees another one alive withdraws. Of two that both hold,
 * the later one would have seen the earlier, so there is never more than one. Files of dead processes are removed;
 * their names are never used again, so removing one can not hit a living holder.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt += 1) {
    const claim = await putUp(directory);
    const rival = await firstRival(directory, claim.name);
    if (rival === null) return { release: () => claim.withdraw() };
    await claim.withdraw();
    if (attempt === attempts || rival.kind !== 'claiming') throw locked(directory, rival);
    await wait(20 + (randomBytes(1)[0] ?? 0));
  }
}

interface Claim {
  readonly name: string;
  withdraw(): Promise<void>;
}

/** The file appears with its whole content, under a name that nobody else has. */
async function putUp(directory: string): Promise<Claim> {
  const id = randomBytes(8).toString('hex');
  const presence = await listen(directory, id);
  const name = `holder-${id}.json`;
  const draft = join(directory, `draft-${id}.json`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(await ownHolder(presence.name)));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(directory, name));
  const withdraw = async (): Promise<void> => {
    await rm(join(directory, name), { force: true });
    await presence.leave();
  };
  return { name, withdraw };
}

/** `claiming`: alive, perhaps about to withdraw for us as we do for it; asked again. `unreadable`: nobody can tell. */
type Rival = { readonly kind: 'claiming'; readonly holder: Holder } | { readonly kind: 'unreadable'; readonly name: string };

async function firstRival(directory: string, own: string): Promise<Rival | null> {
  const names = (await readdir(directory)).filter((name) => /^holder-[0-9a-f]{16}\.json$/.test(name) && name !== own);
  for (const name of names) {
    const holder = await holderOf(join(directory, name));
    if (holder === 'gone') continue;
    if (holder === 'unreadable') return { kind: 'unreadable', name };
    if (await isAlive(directory, holder)) return { kind: 'claiming', holder };
    await clear(directory, name, holder);
  }
  return null;
}

async function clear(directory: string, name: string, dead: Holder): Promise<void> {
  await rm(join(directory, name), { force: true });
  if (dead.presence !== null) await rm(join(directory, dead.presence), { force: true });
}

function locked(directory: string, rival: Rival): Failure {
  if (rival.kind === 'unreadable') {
    return new Failure('STORE_LOCKED', `Cannot open the store in "${directory}": its lock "${rival.name}" is unreadable. Remove that file when no other Plumbline uses the directory.`);
  }
  return new Failure('STORE_LOCKED', `Cannot open the store in "${directory}": process ${rival.holder.pid} has it open, expected nobody. Stop that process, or set DATABASE_URL to share a Postgres.`);
}
