import type { Answer } from './probe-answer.ts';
import { keyWith, subjectOf } from './probe-key.ts';
import type { ProbeKind, ProbeRequest, RequestOf } from './probe-request.ts';
import type { Verdict } from './verdict.ts';

type AnswersByKind = { readonly [Kind in ProbeKind]: ReadonlyMap<string, Answer<Kind>> };

const noAnswers: AnswersByKind = { blob: new Map(), 'organization-blob': new Map(), releases: new Map(), paths: new Map(), 'schema-versions': new Map(), record: new Map(), validation: new Map(), comparison: new Map(), signature: new Map(), 'operator-keys': new Map(), contributors: new Map(), votes: new Map(), membership: new Map(), secrets: new Map(), 'file-at': new Map(), 'commit-protected': new Map(), 'check-run': new Map(), package: new Map(), imports: new Map(), calibration: new Map(), 'usage-window': new Map(), 'claim-judgement': new Map(), 'pinned-bundle': new Map(), 'behavior-reading': new Map(), 'drift-state': new Map(), policies: new Map() };

const kinds = Object.keys(noAnswers).filter((kind): kind is ProbeKind => Object.hasOwn(noAnswers, kind));

/** Collected answers, by request, and the verdicts of the gates that judge first. Immutable: each round makes a new one. */
export class Evidence {
  readonly #answers: AnswersByKind;
  /** Of the gates of the first stage; null while they are not all known. */
  readonly verdicts: readonly Verdict[] | null;

  constructor(answers: AnswersByKind = noAnswers, verdicts: readonly Verdict[] | null = null) {
    this.#answers = answers;
    this.verdicts = verdicts;
  }

  /** This evidence with what the first stage made of it. They follow from it, so that no input has them. */
  judgedBy(verdicts: readonly Verdict[]): Evidence {
    return new Evidence(this.#answers, verdicts);
  }

  /** The answer to a request, undefined when it was not asked yet. */
  find<Kind extends ProbeKind>(request: RequestOf<Kind> & { readonly kind: Kind }): Answer<Kind> | undefined {
    const answers: ReadonlyMap<string, Answer<Kind>> = this.#answers[request.kind];
    return answers.get(subjectOf(request));
  }

  has(request: ProbeRequest): boolean {
    return this.#answers[request.kind].has(subjectOf(request));
  }

  /** This evidence and the answers to requests of one kind. */
  with<Kind extends ProbeKind>(kind: Kind, answers: readonly (readonly [RequestOf<Kind>, Answer<Kind>])[]): Evidence {
    if (answers.length === 0) return this;
    const merged = new Map<string, Answer<Kind>>(this.#answers[kind]);
    for (const [request, answer] of answers) merged.set(subjectOf(request), answer);
    return new Evidence({ ...this.#answers, [kind]: merged }, this.verdicts);
  }

  /** This evidence and all that another one has. */
  and(other: Evidence): Evidence {
    return kinds.reduce<Evidence>((known, kind) => known.#taking(kind, other.#answers[kind]), this);
  }

  /** This evidence and the answers to these requests that another one has. */
  taking(requests: readonly ProbeRequest[], other: Evidence): Evidence {
    return [...Map.groupBy(requests, ({ kind }) => kind)].reduce<Evidence>((known, [kind, wanted]) => known.#taking(kind, other.#answers[kind], wanted.map(subjectOf)), this);
  }

  #taking<Kind extends ProbeKind>(kind: Kind, told: AnswersByKind[Kind], subjects?: readonly string[]): Evidence {
    const answers: ReadonlyMap<string, Answer<Kind>> = told;
    if (answers.size === 0) return this;
    const merged = new Map<string, Answer<Kind>>(this.#answers[kind]);
    for (const subject of subjects ?? answers.keys()) {
      const answer = answers.get(subject);
      if (answer !== undefined) merged.set(subject, answer);
    }
    return new Evidence({ ...this.#answers, [kind]: merged }, this.verdicts);
  }

  /** What the decision's input has of it: each question with its answer, in stable order. */
  entries(): readonly (readonly [string, Answer<ProbeKind>])[] {
    return Object.entries(this.#answers)
      .flatMap(([kind, answers]) => [...answers].map(([subject, answer]): readonly [string, Answer<ProbeKind>] => [keyWith(kind, subject), answer]))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
