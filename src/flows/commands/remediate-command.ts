import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { Command } from '../../domain/command/command.ts';
import type { RemediationWish } from '../../domain/remediation/remediation-wish.ts';
import { previewRemediation } from '../remediation/preview-remediation.ts';
import { refusalOfWish } from '../remediation/refusal-of-wish.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { hasHand } from './has-hand.ts';
import { refusalOfUnknown } from './refusal-of-unknown.ts';
import { refusalToDecide } from './refusal-to-decide.ts';
import { refusalToWrite } from './refusal-to-write.ts';
import { wishResult } from './wish-result.ts';

type Remediate = Extract<Command, { readonly kind: 'remediate' }>;

/** Proposes what mends a behaviour, once, though nothing is proposed without being asked; or goes on with what was frozen; or only shows it. */
export async function remediateCommand(run: CommandRun, command: Remediate): Promise<CommandResult> {
  const { behavior, isDryRun, takesOver } = command;
  const refusal = (await refusalByRole(run, command)) ?? (await refusalOfUnknown(run, behavior));
  if (refusal !== null) return { outcome: refusal };
  if (isDryRun) return { outcome: { kind: 'planned', ...(await previewRemediation(run.ports, run.repository, { behavior, takesOver, askedBy: run.askedBy })) } };
  if (await isOnlyObserved(run, behavior)) return { outcome: { kind: 'only_observed', behavior } };
  const wish = takesOver ? await takeOverOf(run, behavior) : ({ kind: 'propose' } as const);
  return 'refusal' in wish ? { outcome: wish.refusal } : wishResult(run, { behavior, wish, outcome: { kind: 'remediation_asked', behavior } });
}

async function isOnlyObserved({ ports, repository }: CommandRun, behavior: string): Promise<boolean> {
  const known = await ports.store.transaction((transaction) => transaction.driftsOf(repository.id));
  return known.some(({ record, scanned }) => record.behavior === behavior && !scanned.decides);
}

async function refusalByRole(run: CommandRun, { isDryRun, takesOver }: Remediate): Promise<CommandRefusal | null> {
  if (isDryRun) {
    if (await hasHand(run)) return null;
    const refusal = await refusalToWrite(run);
    return refusal?.kind === 'not_allowed' ? { kind: 'not_allowed', needs: 'hand_or_write' } : refusal;
  }
  return takesOver ? refusalToDecide(run, []) : refusalToWrite(run);
}

/** The open pull request of the behaviour that was frozen, at the head that was told then. */
async function takeOverOf(run: CommandRun, behavior: string): Promise<RemediationWish | { readonly refusal: CommandRefusal }> {
  const { ports, github, repository, askedBy, pullRequest, comment, askedAt } = run;
  for (const { number, toldHead } of await frozenPulls(run, behavior)) {
    const now = await github.headOf(number);
    if (now === null || now.state !== 'open') continue;
    if (now.head !== toldHead) return { refusal: { kind: 'frozen_anew', number } };
    const wish = { kind: 'take_over', number, head: toldHead } as const;
    const refusal = await refusalOfWish(ports, repository, { wish, askedBy, asked: { pullRequest, comment, at: askedAt } });
    return refusal === null ? wish : { refusal };
  }
  return { refusal: { kind: 'not_frozen', behavior } };
}

/** The newest first. */
function frozenPulls({ ports, repository }: CommandRun, behavior: string): Promise<readonly { readonly number: number; readonly toldHead: string }[]> {
  return ports.store.transaction(async (transaction) => {
    const frozen: { readonly number: number; readonly toldHead: string }[] = [];
    for (const { fingerprint } of await transaction.remediationsOf(repository.id, behavior)) {
      for (const { number, toldHead } of await transaction.remediationPulls({ repositoryId: repository.id, fingerprint })) if (toldHead !== null) frozen.push({ number, toldHead });
    }
    return frozen.toSorted((a, b) => b.number - a.number);
  });
}
