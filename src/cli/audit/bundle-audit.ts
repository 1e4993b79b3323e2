import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { AskedBundle } from '../../flows/select-entries.ts';
import { pickAccount } from '../audit-account.ts';
import { auditBundle } from '../audit-bundle.ts';
import { openBundleSigner } from '../compose/bundle-signer.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { instantOption } from './instant-option.ts';
import { tellUnsealed } from './seal-first.ts';

export interface BundleToWrite {
  readonly out: string;
  readonly pullRequest: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly contract: string | null;
  readonly account: number | null;
}

export async function bundleAudit(terminal: Terminal, wanted: BundleToWrite): Promise<number> {
  const { account, out } = wanted;
  const asked = askedIn(wanted);
  return await withCommandStore(terminal, async (operations) => {
    const signer = await openBundleSigner(terminal);
    const { audit, index, publicKeys } = operations;
    return await auditBundle({ account: await pickAccount(audit, account), asked, folder: resolve(terminal.directory, out), now: terminal.now(), audit, index, publicKeys, signer, sealByServer: async (of) => tellUnsealed(terminal, await operations.sealByServer(of)), output: auditOutputOf(terminal), tell: (text) => terminal.tell(text) });
  });
}

/** @throws Failure USAGE unless exactly one thing is asked for. */
function askedIn({ pullRequest, from, to, contract }: BundleToWrite): AskedBundle {
  const count = [pullRequest, from ?? to, contract].filter((one) => one !== null).length;
  if (count !== 1) throw new Failure('USAGE', `Cannot tell what to bundle: found ${count} questions, expected one of --pull-request, --from with --to, and --contract.`);
  if (contract !== null) return { kind: 'contract', id: contract };
  if (pullRequest !== null) return pullRequestIn(pullRequest);
  const [begin, end] = [instantOption('--from', from).toISOString(), instantOption('--to', to).toISOString()];
  if (begin >= end) throw new Failure('USAGE', `Cannot bundle a period: --from ${begin} is not before --to ${end}.`);
  return { kind: 'period', from: begin, to: end };
}

function pullRequestIn(text: string): AskedBundle {
  const [, repository, number] = /^([A-Za-z0-9_-]+\/[A-Za-z0-9._-]+)#([1-9]\d{0,14})$/.exec(text) ?? [];
  if (repository === undefined || number === undefined) throw new Failure('USAGE', `Cannot read the pull request: found ${JSON.stringify(text.slice(0, 80))}, expected <owner/name#number>.`);
  return { kind: 'pull-request', repository, number: Number(number) };
}
