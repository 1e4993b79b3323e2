import { differenceInWords } from '../../domain/behavior/difference-in-words.ts';
import { member } from '../../domain/configuration/member.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Severity } from '../../domain/severity.ts';

interface ToldFile {
  /** Name of the behaviour. */
  readonly behavior: string;
  readonly critical: boolean;
  /** `observed`: the behaviour decides nothing. `stood`: so it was in the base. */
  readonly decides: 'yes' | 'observed' | 'stood';
}

/** A managed file that is not as its template: told at the file, since that is where it is mended. */
export function managedFileFinding(difference: JsonObject, { behavior, critical, decides }: ToldFile): Finding {
  const severity: { readonly severity?: Severity } = decides === 'yes' ? {} : { severity: 'notice' };
  const template = member.text(difference, 'template') ?? '';
  return finding({
    code: 'drift/detected',
    ...severity,
    path: member.text(difference, 'path') ?? '',
    message: `${differenceInWords(difference)}. The behaviour ${quoted(behavior)} wants it the same${critical ? ', and that is critical' : ''}.${why[decides]}`,
    found: stateInWords(member.object(difference, 'found')),
    expected: stateInWords(member.object(difference, 'expected')),
    next: decides === 'stood' ? `Nothing to mend in this change. Whoever wants to mend it gives the file what ${quoted(template)} has.` : `Give the file what ${quoted(template)} has at the base. If it is meant to differ, change the template first, in a change of its own: people decide about it then.`,
    subject: `${behavior} ${template}`,
  });
}

const why: Readonly<Record<ToldFile['decides'], string>> = {
  yes: '',
  observed: ' It only observes, and decides nothing.',
  stood: ' It stood so in the base before your change, and decides nothing.',
};

/** Git's name of a content stands for it: none of a file is shown. */
function stateInWords(state: JsonObject): string {
  const [mode, blob] = [member.text(state, 'mode'), member.text(state, 'blob')];
  return mode === null || blob === null ? 'nothing' : `mode ${mode}, content ${blob.slice(0, 12)}`;
}
