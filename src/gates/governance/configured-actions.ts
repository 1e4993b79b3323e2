import type { Action, Tier } from '../../domain/action/action.ts';
import { member } from '../../domain/configuration/member.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Derived, Deriver } from './deriver.ts';

/** Actions that the configuration names for paths, beside the built-in ones: one for each path that changes. */
export const configuredActions: Deriver = {
  name: 'governance.actions',
  plan: () => [],
  derive: ({ snapshot, configuration }): Derived => {
    const changed = changedFiles(snapshot);
    const rules = member.objects(member.object(configuration.document, 'governance'), 'actions');
    const actions = rules.flatMap((rule): readonly Action[] => {
      const globs = member.texts(rule, 'paths').map((glob) => compileGlob(glob));
      const [action, tier] = [member.text(rule, 'action') ?? 'code.change', tierOf(member.number(rule, 'tier'))];
      const paths = changed.map(({ path }) => path).filter((path) => globs.some((glob) => glob.matches(path)));
      return paths.map((path) => ({ action, tier, subject: { path }, paths: [path], why: `It changes ${path}.`, evidence: {}, place: null, finding: null, remedy: null }));
    });
    return { actions, findings: [] };
  },
};

/** What is no tier is the strictest: validation has refused it before. */
function tierOf(tier: number | null): Tier {
  return tier === 1 || tier === 2 || tier === 3 ? tier : 4;
}
