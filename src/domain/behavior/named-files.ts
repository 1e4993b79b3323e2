import { pointerBelow } from '../document/pointer.ts';
import type { Behavior } from './behavior.ts';
import type { BehaviorMetric } from './behavior-metric.ts';

/** A file of the repository that a behaviour is measured by, beside its own. */
export interface NamedFile {
  readonly path: string;
  readonly as: 'baseline' | 'fixture' | 'schema' | 'document' | 'settings' | 'template';
  /** JSON pointer of the name in the behaviour's file. */
  readonly pointer: string;
}

/** Every file that a behaviour names to be measured by. Files that are measured, and those of the organisation, are none of them. */
export function namedFilesOf({ fixture, metrics, source }: Behavior): readonly NamedFile[] {
  return [...(fixture === null ? [] : [{ path: fixture, as: 'fixture', pointer: '/fixture' } as const]), ...metrics.flatMap((metric, index) => ofMetric(metric, pointerBelow('/metrics', index))), ...ofSource(source)];
}

function ofMetric(metric: BehaviorMetric, pointer: string): readonly NamedFile[] {
  switch (metric.kind) {
    case 'body':
      return [{ path: metric.schema, as: 'schema', pointer: `${pointer}/schema` }];
    case 'samples':
    case 'quantile':
    case 'paired-rate':
      return metric.baseline.kind === 'file' ? [{ path: metric.baseline.path, as: 'baseline', pointer: `${pointer}/baselineSamples` }] : [];
    case 'exact':
    case 'rate':
    case 'differences':
      return [];
  }
}

function ofSource(source: Behavior['source']): readonly NamedFile[] {
  switch (source.kind) {
    case 'openapi':
      return [{ path: source.document, as: 'document', pointer: '/source/document' }];
    case 'repository-settings':
      return [{ path: source.declared, as: 'settings', pointer: '/source/declared' }];
    case 'repository-files':
      return source.files.flatMap(({ template }, index) => (template.startsWith('org:') ? [] : [{ path: template, as: 'template', pointer: `${pointerBelow('/source/files', index)}/template` } as const]));
    case 'http-json':
    case 'prometheus':
    case 'github-actions':
    case 'contract-releases':
    case 'terraform-plan':
    case 'usage-quotas':
      return [];
  }
}
