import { settingsOf } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';

/** A name with a variable in it may become any other. */
const npmNames = /^(?:(?:@[^:]{1,200}:)?registry|(?:https?-)?proxy|no-?proxy|strict-ssl|ca(?:file)?|replace-registry-host|(?:user|global)config)$|\$\{/i;

/** Keys as the package `ini` takes them: in quotes, as a list, and up to a comment. */
export function readNpmrc(text: string): SourceSettings {
  return settingsOf(text.split(/[\r\n]+/).flatMap((line) => {
    const end = line.indexOf('=');
    const key = keyOf((end === -1 ? line : line.slice(0, end)).trim());
    return !/^\s*[;#]/.test(line) && npmNames.test(key) ? [[key.toLowerCase(), end === -1 ? '' : line.slice(end + 1).trim()] as const] : [];
  }));
}

function keyOf(raw: string): string {
  const isQuoted = /^(["']).*\1$/s.test(raw);
  const text = isQuoted ? quotedText(raw.startsWith("'") ? raw.slice(1, -1) : raw) : (raw.split(/[;#]/, 1)[0] ?? '').trim();
  return text.endsWith('[]') ? text.slice(0, -2) : text;
}

function quotedText(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
