import { member } from '../../domain/configuration/member.ts';
import { instantOf } from '../../domain/instant.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';
import { isTestPath } from './policy-tree.ts';

export type MetadataReading = { readonly kind: 'metadata'; readonly metadata: readonly RuleMetadata[] } | { readonly kind: 'refused'; readonly why: string };

/** What is shown of it is cut further; this is what is kept. */
const longestText = 500;
const mostResources = 5;

const ownPlace = /^plumbline\.rules(?:$|\.)/;
const rulePlace = /^plumbline\.rules\.([^.]+)\.([^.]+)$/;

/**
 * METADATA of the packages of rules, from what `opa inspect --annotations` makes of a tree. From when on a rule decides is read
 * strictly, and only there: a date that is passed over would have it decide at another time than its author says.
 */
export function readMetadata(inspected: JsonValue): MetadataReading {
  const found = new Map<string, RuleMetadata>();
  for (const { file, row, place, annotations } of annotationsIn(inspected)) {
    if (isTestPath(file) || !ownPlace.test(place)) continue;
    const [, area, code] = rulePlace.exec(place) ?? [];
    const isOfRule = member.text(annotations, 'scope') === 'package' && area !== undefined && code !== undefined;
    const written = member.object(annotations, 'custom')['effective_on'];
    const refused = (why: string): MetadataReading => ({ kind: 'refused', why: `${file}:${row}: ${why}` });
    if (!isOfRule) {
      if (written !== undefined) return refused(`found custom.effective_on in METADATA of ${place.slice(0, 200)}, expected it above the package of a rule`);
      continue;
    }
    const rule = `${area}/${code}`;
    const instant = typeof written === 'string' ? instantOf(written) : null;
    if (written !== undefined && instant === null) return refused(`custom.effective_on of the rule ${rule} is ${JSON.stringify(written).slice(0, 80)}, expected a day (2027-01-31) or an instant with its zone`);
    if (found.has(rule)) return refused(`the package of the rule ${rule} has METADATA twice, expected once`);
    found.set(rule, metadataOf(rule, annotations, instant === null ? null : new Date(instant).toISOString()));
  }
  return { kind: 'metadata', metadata: [...found.values()].toSorted((a, b) => (a.rule < b.rule ? -1 : 1)) };
}

interface Annotated {
  readonly file: string;
  readonly row: number;
  /** From below `data` on. */
  readonly place: string;
  readonly annotations: JsonObject;
}

function annotationsIn(inspected: JsonValue): readonly Annotated[] {
  if (!isJsonObject(inspected)) return [];
  return member.objects(inspected, 'annotations').map((one) => {
    const location = member.object(one, 'location');
    const [, ...place] = member.objects(one, 'path').map((part) => member.text(part, 'value') ?? '');
    return { file: member.text(location, 'file') ?? '', row: member.number(location, 'row') ?? 1, place: place.join('.'), annotations: member.object(one, 'annotations') };
  });
}

function metadataOf(rule: string, annotations: JsonObject, effectiveOn: string | null): RuleMetadata {
  const resources = member.objects(annotations, 'related_resources').flatMap((one) => member.text(one, 'ref') ?? []);
  return { rule, title: cut(member.text(annotations, 'title')), remedy: cut(member.text(member.object(annotations, 'custom'), 'remedy')), resources: resources.slice(0, mostResources).map((one) => one.slice(0, longestText)), effectiveOn };
}

function cut(text: string | null): string | null {
  return text === null || text === '' ? null : text.slice(0, longestText).toWellFormed();
}
