import type { NamedAction } from './derive-actions.ts';
import type { Words } from './forbidden-words.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { entriesTooLow } from './whitelist/match-whitelist.ts';
import type { WhitelistEntry } from '../../domain/whitelist/whitelist-entry.ts';

/** Why no entry of the whitelist lets an action pass, and who can change that. */
export function notWhitelistedWords(one: NamedAction, { actors, evidence, snapshot }: GovernanceWorld): Words {
  const { action, tier, why, remedy } = one;
  const people = [...actors.people.map(({ login }) => login), ...actors.operators, ...(actors.hasUnknown ? ['somebody who is not known'] : [])];
  const tooLow = entriesTooLow(one, actors, snapshot, evidence);
  const capped = tooLow.find(({ wantedTier }) => wantedTier !== null && wantedTier >= tier);
  const isCapped = capped !== undefined;
  const [low] = isCapped ? [capped] : tooLow;
  return {
    message: `${why} That is ${action}, tier ${tier}: only those whom the whitelist names may do it.`,
    expected: `an entry of ${isCapped ? "the organisation's " : ''}governance.whitelist for ${action} that names ${people.length === 0 ? 'whoever takes part' : people.slice(0, 5).join(', ')}${people.length > 5 ? ` and ${people.length - 5} more` : ''}`,
    found: low === undefined ? 'no entry in force that fits all of them' : lowInWords(low, isCapped),
    next: `${remedy === null ? '' : `${remedy} Otherwise: `}${isCapped ? 'Ask the organisation to add an entry, or to raise `governance.repositoryMaxTier`.' : nextForEntry(action, actors)}`,
  };
}

function lowInWords({ action, level, maxTier, wantedTier }: WhitelistEntry, isCapped: boolean): string {
  return `an entry of the ${level === 'organization' ? 'organisation' : 'repository'} for ${action}, which reaches only tier ${isCapped ? maxTier : (wantedTier ?? maxTier)} (${isCapped ? '`governance.repositoryMaxTier`' : 'its `maxTier`'})`;
}

function nextForEntry(action: string, { people }: GovernanceWorld['actors']): string {
  if (people.length > 0 && isAboutRules(action)) return 'Leave this to somebody who is named, or let an administrator merge the first entry past the check, which the log records.';
  return 'Ask for an entry in a change of its own, or leave this to somebody who is named.';
}

/** Where nobody may change the rules yet, an entry for that can not come by a change that the rules allow. */
function isAboutRules(action: string): boolean {
  return /^(?:config|policy|waiver)\./.test(action);
}
