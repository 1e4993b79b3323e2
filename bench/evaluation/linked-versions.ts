import { parse } from 'yaml';
import { digestOfValue } from '../../src/domain/digest.ts';
import { isJsonObject } from '../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';
import type { PublishedVersion } from './corpus.ts';

/**
 * The versions of a contract with the one thing added that published documents do not have: the link to the version
 * before, as `plumbline contract bump` writes it. A document that keeps its version keeps its link.
 */
export function linkedVersions(versions: readonly PublishedVersion[], versionAt: readonly string[]): readonly PublishedVersion[] {
  const links = new Map<JsonValue | undefined, string | null>();
  let newest: string | null = null;
  return versions.map(({ version, files }) => {
    const linked = Object.entries(files).map(([path, content]): [string, Buffer] => {
      const document: JsonObject = path.endsWith('.json') ? JSON.parse(content.toString()) : parse(content.toString());
      const own = memberAt(document, versionAt);
      const known = links.get(own);
      const link: string | null = known === undefined ? newest : known;
      if (known === undefined) newest = digestOfValue(link === null ? document : { ...document, previousContractRef: link });
      links.set(own, link);
      return [path, Buffer.from(withLink(path, content.toString(), link))];
    });
    return { version, files: Object.fromEntries(linked) };
  });
}

function memberAt(document: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), document);
}

/** As text, so that every other byte stays as published. */
function withLink(path: string, text: string, link: string | null): string {
  if (link === null) return text;
  return path.endsWith('.json') ? text.replace('{', `{"previousContractRef": "${link}",`) : `${text.trimEnd()}\npreviousContractRef: ${link}\n`;
}
