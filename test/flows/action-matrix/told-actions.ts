import type { Opening } from '../../../src/audit/entry.ts';
import type { aDeliveredWorld } from '../a-delivered-world.ts';

/** What the log tells of an action, as far as a case foresees it. */
export interface ToldAction {
  readonly event: string;
  readonly action: string;
  readonly tier: number;
  readonly path: string;
  readonly outcome: string;
  readonly actor: string;
  readonly rationale: string;
  readonly listedBy: string | null;
  readonly approvedBy: readonly string[];
  /** Whether it names the policies of the decision. */
  readonly hasPolicies: boolean;
}

/** The newest entry about each action of tier 2 and above, by name. */
export async function toldActions({ store, github, decisionOn }: ReturnType<typeof aDeliveredWorld>): Promise<readonly ToldAction[]> {
  const decision = await decisionOn(1);
  const newest = new Map<string, ToldAction>();
  for (const { leaf, openings } of await store.audit.entries(github.ref.account.id, 0, 10_000)) {
    const entry = JSON.parse(new TextDecoder().decode(leaf));
    if (!String(entry.event).startsWith('action.')) continue;
    const payload = JSON.parse(opened(openings, entry.payload));
    newest.set(payload.name, {
      event: entry.event,
      action: payload.action,
      tier: payload.tier,
      path: payload.paths[0],
      outcome: String(entry.outcome).replace(/:.*$/, ''),
      actor: opened(openings, entry.actor),
      rationale: opened(openings, entry.rationale),
      listedBy: payload.whitelistedBy,
      approvedBy: payload.release?.approvedBy ?? [],
      hasPolicies: entry.policyDigest !== null && entry.policyDigest === decision?.decision.policyDigest,
    });
  }
  return [...newest.values()].toSorted(byName);
}

export function byName(a: ToldAction, b: ToldAction): number {
  return `${a.action} ${a.path} ${a.tier}` < `${b.action} ${b.path} ${b.tier}` ? -1 : 1;
}

function opened(openings: readonly Opening[], { digest }: { readonly digest: string }): string {
  return new TextDecoder().decode(openings.find((one) => one.digest === digest)?.bytes);
}
