import { canonicalText } from '../canonical.ts';
import { member } from '../configuration/member.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import type { BehaviorSource, OpenapiOperation, PrometheusQuery, SourceKind } from './behavior-source.ts';
import { durationOf } from '../duration.ts';

/** The source of a behaviour, of a document that its schema allows. */
export function readSource(value: JsonObject): BehaviorSource {
  const text = (name: string): string => member.text(value, name) ?? '';
  const kind = kindOf(text('type'));
  switch (kind) {
    case 'http-json':
      return { kind, url: text('url'), secret: member.text(value, 'secret'), observedAt: member.text(value, 'observedAt'), generator: member.text(value, 'generator') ?? '/reproducibility' };
    case 'prometheus':
      return { kind, url: text('url'), secret: member.text(value, 'secret'), queries: queriesOf(member.object(value, 'queries')) };
    case 'openapi':
      return { kind, document: text('document'), server: text('server'), secret: member.text(value, 'secret'), operations: member.objects(value, 'operations').map(operationOf) };
    case 'github-actions':
      return { kind, workflow: text('workflow'), ref: text('ref'), waitFor: durationOf(member.text(value, 'waitFor') ?? '30m') ?? 0 };
    case 'repository-files':
      return { kind, files: member.objects(value, 'files').map((file) => ({ path: member.text(file, 'path') ?? '', template: member.text(file, 'template') ?? '' })) };
    case 'repository-settings':
      return { kind, declared: text('declared') };
    case 'contract-releases':
      return { kind, contracts: value['contracts'] === undefined ? null : member.texts(value, 'contracts') };
    case 'terraform-plan':
      return { kind, workflow: text('workflow'), artifact: text('artifact'), file: member.text(value, 'file') ?? 'plan.json' };
    case 'usage-quotas':
      return { kind, agent: text('agent'), contract: text('contract') };
  }
}

const kinds: readonly SourceKind[] = ['http-json', 'prometheus', 'openapi', 'github-actions', 'repository-files', 'repository-settings', 'contract-releases', 'terraform-plan', 'usage-quotas'];

/** @throws TypeError of a type that the schema does not allow. */
export function kindOf(type: string): SourceKind {
  const kind = kinds.find((one) => one === type);
  if (kind === undefined) throw new TypeError('A behaviour was read that its schema does not allow.');
  return kind;
}

function queriesOf(queries: JsonObject): readonly PrometheusQuery[] {
  return Object.entries(queries).flatMap(([name, query]) => {
    if (!isJsonObject(query)) return [];
    const [window, step] = [durationOf(member.text(query, 'window') ?? ''), durationOf(member.text(query, 'step') ?? '')];
    return [{ name, query: member.text(query, 'query') ?? '', range: window === null || step === null ? null : { window, step } }];
  });
}

function operationOf(operation: JsonObject): OpenapiOperation {
  const parameters = Object.entries(member.object(operation, 'parameters')).map(([name, value]) => [name, typeof value === 'string' ? value : canonicalText(value)] as const);
  return { id: member.text(operation, 'id') ?? '', parameters: Object.fromEntries(parameters) };
}
