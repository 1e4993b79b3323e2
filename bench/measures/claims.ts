import type { Claim, EvidenceDocument } from '../../src/domain/agent-evidence/evidence-document.ts';
import type { Configuration } from '../../src/domain/configuration/configuration.ts';
import { Evidence } from '../../src/domain/evidence.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { claimSupport } from '../../src/gates/hallucination/claim-support.ts';
import { claimRequests, verifyClaim } from '../../src/gates/hallucination/claims/verify-claim.ts';
import type { GroundedChange } from '../../src/gates/hallucination/grounded-change.ts';
import { aCitedClaim, aRepositoryCitation, documentOf } from '../../test/builders/a-cited-claim.ts';
import { aConfiguration } from '../../test/builders/a-configuration.ts';
import { aSnapshot } from '../../test/builders/a-snapshot.ts';
import { randomFrom } from '../evaluation/tools/random.ts';
import type { Random } from '../evaluation/tools/random.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure, MeasureOptions } from '../measure.ts';
import { percentile } from '../parts/percentiles.ts';
import { rounds } from '../parts/rounds.ts';
import { secondsOf } from '../parts/seconds.ts';

const count = 20;
const characters = 20 * 1024;

/** What a quote meets in its file. */
type Situation = 'stands there' | 'is absent' | 'is hostile';

/** Claims of agents: what each cites is read anew, found or not, and weighed against the claim. */
export const claims: Measure = {
  name: 'claims',
  run: async ({ quick, say }: MeasureOptions): Promise<readonly Figure[]> => {
    const figures: Figure[] = [];
    for (const situation of ['stands there', 'is absent', 'is hostile'] as const) {
      say(`${count} claims, where what they quote ${situation}`);
      const times = await rounds(quick ? 3 : 60, async (round) => await verificationSeconds(situation, round));
      figures.push({ id: `claims.${situation.split(' ').at(-1) ?? ''}`, what: `${count} claims with a file of 20 KB each, where the quote ${situation}: p95`, value: percentile(times, 0.95) * 1_000, unit: 'ms', better: 'lower', scales: 'speed', target: atMost(250) });
    }
    return figures;
  },
};

async function verificationSeconds(situation: Situation, round: number): Promise<number> {
  const change = changeWith(situation, randomFrom(round + 1));
  const [document] = change.documents;
  if (document === undefined) throw new Error('Cannot measure: there is no document');
  return await secondsOf(async () => {
    const verdicts = document.claims.map((claim) => {
      const verified = verifyClaim(claim, change);
      claimSupport(claim.text, verified);
      return verified.verdict;
    });
    const expected = situation === 'stands there' ? 'verified' : 'unsupported';
    if (!verdicts.every((verdict) => verdict === expected)) throw new Error(`Cannot measure: the claims are ${[...new Set(verdicts)].join(', ')}, expected ${expected}`);
    await Promise.resolve();
  });
}

/** With answers to all that is asked; every round has bytes of its own, so that none was read before. */
function changeWith(situation: Situation, random: Random): GroundedChange {
  const files = Array.from({ length: count }, (_, index) => ({ path: `src/${index}.ts`, text: situation === 'is hostile' ? hostileText(index) : sourceText(random) }));
  const document = documentOf(files.map(({ path, text }, index) => claimAbout(path, quoteOf(text, situation), index)));
  const world = { snapshot: aSnapshot(), configuration: aConfiguration({ document: { hallucination: {} } }), documents: [document] };
  return { ...world, evidence: answersTo(world, document, new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]))) };
}

function answersTo(world: { readonly snapshot: Snapshot; readonly configuration: Configuration; readonly documents: readonly EvidenceDocument[] }, { claims: cited }: EvidenceDocument, contents: ReadonlyMap<string, Uint8Array>): Evidence {
  const asked = cited.flatMap((claim) => claimRequests(claim, { ...world, evidence: new Evidence() }));
  const commits = asked.flatMap((request) => (request.kind === 'commit-protected' ? [[request, { kind: 'answered', value: 'protected' }] as const] : []));
  const files = asked.flatMap((request) => (request.kind === 'file-at' ? [[request, { kind: 'answered', value: { kind: 'bytes', bytes: contents.get(request.path) ?? new Uint8Array() } }] as const] : []));
  return new Evidence().with('commit-protected', commits).with('file-at', files);
}

function claimAbout(path: string, quote: string, index: number): Claim {
  return aCitedClaim({ id: `claim-${index}`, text: `The function in ${path} multiplies the price by 3 and rounds it half up before it is stored.`, citations: [aRepositoryCitation({ path, quote, startLine: 1, endLine: 400 })] });
}

const names = ['price', 'total', 'order', 'customer', 'discount', 'rounded', 'stored', 'invoice', 'currency', 'quantity'];

function sourceText(random: Random): string {
  const name = (): string => `${names[Math.floor(random() * names.length)] ?? ''}${Math.floor(random() * 1_000)}`;
  let text = '';
  while (text.length < characters) text += `export function ${name()}(${name()}: number): number {\n  const ${name()} = ${name()} * ${Math.floor(random() * 100)};\n  return roundHalfUp(${name()} + ${name()});\n}\n\n`;
  return text.slice(0, characters);
}

/** Repeats itself, and composes as late as it can: all that makes searching and folding slow. */
function hostileText(index: number): string {
  return `${index}\n${'a '.repeat(characters / 4)}\n${`e${'\u0315\u0300'.repeat(15)} `.repeat(characters / 64)}\n${'\n'.repeat(400)}`;
}

const quotedLines = 4;

function quoteOf(text: string, situation: Situation): string {
  if (situation === 'is hostile') return `${'a '.repeat(1_000)}b ${'a '.repeat(1_000)}`;
  const lines = text.split('\n');
  const middle = (lines.length >> 1) - ((lines.length >> 1) % 5);
  const quote = lines.slice(middle, middle + quotedLines).join('\n');
  return situation === 'stands there' ? quote : quote.replace('roundHalfUp', 'roundHalfDown');
}
