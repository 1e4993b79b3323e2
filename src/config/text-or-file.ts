import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

export type ReadText = (path: string) => string;

/** A setting's text and which setting gave it, for messages. */
export interface GivenText {
  readonly name: string;
  readonly text: string;
}

/** A setting that is given as it is, or as the path of a file in `<name>_PATH`; null when neither is set. */
export function textOrFileSetting(environment: Environment, name: string, readText: ReadText): Setting<GivenText | null> {
  const pathName = `${name}_PATH`;
  const text = textOf(environment, name);
  const path = textOf(environment, pathName);
  if (text !== null && path !== null) return bad(`${name} and ${pathName} are both set, expected one of them`);
  if (text !== null) return good({ name, text });
  if (path === null) return good(null);
  try {
    return good({ name: pathName, text: readText(path) });
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unreadable';
    return bad(`${pathName} names ${quoted(path)}, which can not be read (${code})`);
  }
}
