import type { BehaviorQuestion } from '../../domain/behavior/behavior-question.ts';
import type { BehaviorSource, SourceKind } from '../../domain/behavior/behavior-source.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import { quoted } from '../../domain/finding.ts';
import type { BehaviorReader } from '../../flows/ports/prober.ts';

export type SourceOf<Kind extends SourceKind> = Extract<BehaviorSource, { readonly kind: Kind }>;

/** Asks sources of one kind. MUST NOT reject for what a source does: whatever that is, it is an answer. Rejects for what passes by itself on our side. */
export type SourceAdapter<Kind extends SourceKind> = (source: SourceOf<Kind>, question: BehaviorQuestion) => Promise<SourceReading>;

/** One for each kind that can be asked here. */
export type SourceAdapters = { readonly [Kind in SourceKind]?: SourceAdapter<Kind> };

/** Asks each source by the adapter of its kind. Without one nothing is known of the behaviour, and that is said. */
export function createBehaviorReader(adapters: SourceAdapters): BehaviorReader {
  return {
    async read(question) {
      const { source } = question;
      return (await ask(adapters, source, question)) ?? { kind: 'no-signal', why: `the source is of the kind ${quoted(source.kind)}, expected one that can be asked from here: the App asks it` };
    },
  };
}

async function ask(adapters: SourceAdapters, source: BehaviorSource, question: BehaviorQuestion): Promise<SourceReading | undefined> {
  switch (source.kind) {
    case 'http-json':
      return await adapters[source.kind]?.(source, question);
    case 'prometheus':
      return await adapters[source.kind]?.(source, question);
    case 'openapi':
      return await adapters[source.kind]?.(source, question);
    case 'github-actions':
      return await adapters[source.kind]?.(source, question);
    case 'repository-files':
      return await adapters[source.kind]?.(source, question);
    case 'repository-settings':
      return await adapters[source.kind]?.(source, question);
    case 'contract-releases':
      return await adapters[source.kind]?.(source, question);
    case 'terraform-plan':
      return await adapters[source.kind]?.(source, question);
    case 'usage-quotas':
      return await adapters[source.kind]?.(source, question);
  }
}
